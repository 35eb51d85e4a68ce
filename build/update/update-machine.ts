import type { KeyObject } from 'node:crypto';
import type { ImageStateReply, UpdateDone } from '../../lib/control/generated/control.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { visible } from '../../lib/errors/visible.ts';
import { checkInventory, type ImageInventory } from '../../lib/updates/inventory.ts';
import { isEmpty, planUpdate, rebootText, type UpdatePlan, whyRefused } from '../../lib/updates/plan.ts';
import { signStatement } from '../../lib/updates/signature.ts';
import { statementBytes } from '../../lib/updates/statement.ts';
import type { Context } from '../host/context.ts';
import { MachineClient } from '../machine/client/client.ts';
import { guestError } from '../machine/client/guest-error.ts';
import type { Machine } from '../machine/records/find.ts';
import type { Work } from '../work.ts';
import { lockUpdates, prepareNextBoot, removeUnusedImages } from './next-boot.ts';
import { absentLayers, type NextImage, nextImage } from './next-image.ts';
import { sendUpdate } from './send-update.ts';

export interface UpdateOptions {
  /** In milliseconds: until all new services are ready, and for which they must stay so. */
  readonly readyMs: number;
  readonly steadyMs: number;
  /** Only says what would be done. */
  readonly dryRun: boolean;
  /** Signs the update. */
  readonly key?: KeyObject | undefined;
  /** Of the image that the file of the machine's cluster names: its record has it from then on. */
  readonly digest?: string | undefined;
}

/** What has been done, or would be. */
export interface Updated extends Pick<UpdatePlan, 'changed' | 'added' | 'removed'> {
  readonly name: string;
  /** Bytes of layers that were sent, or would be. */
  readonly bytes: number;
  readonly dryRun: boolean;
  /** `same`: the next boot starts these services; `image`: what the machine's own image has. */
  readonly nextBoot: 'same' | 'image';
}

/**
 * Replaces services of a running machine by those of another image.
 * @param image a manifest, or an image in format kernel+initrd
 * @throws KitError if the machine refuses, or runs its earlier services again as the new ones have failed
 */
export async function updateMachine(
  machine: Machine,
  image: string,
  options: UpdateOptions,
  context: Context,
  work: Work,
): Promise<Updated> {
  const lock = lockUpdates(machine);
  try {
    return await updateLocked(machine, image, options, context, work);
  } finally {
    await removeUnusedImages(machine);
    lock.release();
  }
}

async function updateLocked(
  machine: Machine,
  image: string,
  options: UpdateOptions,
  context: Context,
  work: Work,
): Promise<Updated> {
  const { name } = machine.record;
  const action = `Cannot update machine "${name}"`;
  using client = new MachineClient(machine.dir);
  const fail = (thrown: unknown): never => {
    context.signal.throwIfAborted();
    throw thrown instanceof KitError ? thrown : guestError(action, machine, thrown);
  };
  const state = await client.imageState().catch(fail);
  if (state.refusal) throw new KitError(`${action}: ${state.refusal}`);
  const next = await nextImage(image, machine.record, context, work);
  const { changed, added, removed } = planFor(action, state, next.inventory);
  const absent = await absentLayers(next, new Set(state.layers));
  const bytes = absent.reduce((sum, layer) => sum + layer.bytes, 0);
  const updated = { name, changed, added, removed, bytes, dryRun: options.dryRun, nextBoot: 'same' } as const;
  if (isEmpty(updated)) return { ...updated, bytes: 0 };
  if (options.dryRun) return updated;
  if (state.signed && !options.key)
    throw new KitError(`${action}: it takes only updates that a key in its image has signed`, {
      hint: '--key FILE signs this one',
    });
  // An image that its cluster's file does not name: kit up finds that it differs.
  const { digest = `update ${next.top}` } = options;
  const hasNext = await prepareNextBoot(machine, next, digest, work);
  if (hasNext) await client.monitor('prepareUpdate').catch(fail);
  const isContainer = machine.record.boot.kind === 'container';
  const sent = await carryOut(client, next, isContainer ? [] : absent, state.challenge, options, work).catch(
    fail,
  );
  if (sent.done.failure) throw failedUpdate(name, sent.done);
  if (hasNext) await client.monitor('commitUpdate').catch(fail);
  return { ...updated, bytes: sent.bytes, nextBoot: hasNext ? 'same' : 'image' };
}

/** @throws KitError for what takes a boot, or must not be at all */
function planFor(action: string, { inventory }: ImageStateReply, next: ImageInventory): UpdatePlan {
  let current: ImageInventory;
  try {
    current = checkInventory(JSON.parse(inventory));
  } catch (thrown) {
    throw new KitError(`${action}: its answer cannot be read: ${reasonOf(thrown)}`);
  }
  const why = whyRefused(current, next);
  if (why) throw new KitError(`${action}: ${why}`);
  const plan = planUpdate(current, next);
  if (plan.reboot.length === 0) return plan;
  throw new KitError(`${action} without a reboot: ${rebootText(plan)}`, {
    hint: 'kit run starts a machine of the new image; kit up replaces those of a cluster',
  });
}

async function carryOut(
  client: MachineClient,
  { inventory, top }: NextImage,
  layers: Awaited<ReturnType<typeof absentLayers>>,
  challenge: string,
  { key, readyMs, steadyMs }: UpdateOptions,
  work: Work,
): ReturnType<typeof sendUpdate> {
  const named = layers.map(({ id, digest, bytes }) => ({ id, digest, bytes }));
  const statement = statementBytes({ version: 1, inventory, top, layers: named, challenge });
  const signature = key ? signStatement(statement, key) : Buffer.alloc(0);
  return sendUpdate(client.update(), { statement, signature, layers, readyMs, steadyMs }, work);
}

function failedUpdate(name: string, { failure, service, lines, down }: UpdateDone): KitError {
  const tail = lines.map(({ message }) => `\n  ${visible(message)}`).join('');
  return new KitError(`Cannot update machine "${name}": ${failure}; ${stateAfter(service, down)}${tail}`, {
    hint: service ? `kit incidents ${name} ${service} shows more` : undefined,
  });
}

/** @param service empty if the machine shuts down @param down earlier services that are not ready again */
function stateAfter(service: string, down: readonly string[]): string {
  if (service === '') return 'its next boot starts the earlier services';
  if (down.length === 0) return 'its earlier services run again';
  return `of its earlier services, ${down.join(', ')} ${down.length > 1 ? 'are' : 'is'} not ready again`;
}
