import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import type { Context } from '../host/context.ts';
import { isLive, type Machine } from '../machine/records/find.ts';
import { type Updated, type UpdateOptions, updateMachine } from '../update/update-machine.ts';
import type { Work } from '../work.ts';
import { awaitCheck } from './check-machine.ts';
import type { Cluster, Group } from './file/cluster.ts';
import { readCluster } from './file/read-cluster.ts';
import { loadState, lockCluster, machinesOf } from './folder.ts';
import { prepareImages } from './images.ts';
import { isReady } from './is-ready.ts';

export interface GroupUpdateOptions extends Omit<UpdateOptions, 'digest'> {
  /** Called when a machine has been updated, and is well. */
  readonly onDone: (updated: Updated) => void;
}

/**
 * Updates the machines of a cluster one after the other with the images that its file names. A machine that
 * is ready is updated only while all others are; those that are not come first. Stops at the first failure.
 * @param target `demo`, or `demo/web` for one of its groups
 * @throws KitErrors with what failed, and how many machines are left as before
 */
export async function updateGroup(
  target: string,
  options: GroupUpdateOptions,
  context: Context,
  work: Work,
): Promise<void> {
  const [name = '', groupName] = target.split('/');
  const lock = lockCluster(context.env, name);
  try {
    const cluster = await clusterOf(name, target, context);
    const groups = cluster.groups.filter((group) => groupName === undefined || group.name === groupName);
    if (groups.length === 0)
      throw new KitError(`Cannot update "${target}": "${cluster.file}" has no group "${groupName}"`);
    await updateEach(target, cluster, groups, options, context, work);
  } finally {
    lock.release();
  }
}

async function clusterOf(name: string, target: string, { env, cwd }: Context): Promise<Cluster> {
  const state = await loadState(env, name);
  if (state) return readCluster(state.file, cwd);
  throw new KitError(`Cannot update "${target}": there is no cluster "${name}"`, {
    hint: 'kit ps shows clusters; kit up starts the machines of one',
  });
}

async function updateEach(
  target: string,
  cluster: Cluster,
  groups: readonly Group[],
  { onDone, ...options }: GroupUpdateOptions,
  context: Context,
  work: Work,
): Promise<void> {
  const images = await prepareImages(cluster, context, work);
  const members = await machinesOf(context.env, cluster.name);
  const all = groups.flatMap((group) => membersOf(group, members));
  if (all.length === 0) throw new KitError(`Cannot update "${target}": it has no machines`);
  const ended = all.find((machine) => !isLive(machine));
  if (ended)
    throw new KitError(`Cannot update "${target}": machine "${ended.record.name}" has ended`, {
      hint: `kit up ${cluster.file} starts it`,
    });
  const left = new Set(all);
  while (left.size > 0) {
    context.signal.throwIfAborted();
    try {
      const machine = await nextMachine(all, left);
      const group = groups.find((one) => one.name === machine.record.member?.group);
      const { path = '', digest } = images.get(group?.name ?? '') ?? {};
      const updated = await updateMachine(machine, path, { ...options, digest }, context, work);
      if (group?.check && !options.dryRun)
        await awaitCheck(machine, group.check, options.readyMs, context.signal);
      left.delete(machine);
      onDone(updated);
    } catch (thrown) {
      if (!(thrown instanceof KitError)) throw thrown;
      throw new KitErrors([thrown, stopped(left.size)]);
    }
  }
}

/** In the order of their numbers. */
function membersOf({ name }: Group, members: readonly Machine[]): Machine[] {
  const index = ({ record }: Machine): number => record.member?.index ?? 0;
  return members
    .filter(({ record }) => record.member?.group === name)
    .sort((one, other) => index(one) - index(other));
}

/** @throws KitError if it would be another one that is down */
async function nextMachine(all: readonly Machine[], left: ReadonlySet<Machine>): Promise<Machine> {
  const states = await Promise.all(all.map(async (machine) => ({ machine, ready: await isReady(machine) })));
  const unready = states.flatMap(({ machine, ready }) => (ready ? [] : [machine]));
  const [first] = unready.filter((machine) => left.has(machine));
  if (first) return first;
  const [other] = unready;
  const next = all.find((machine) => left.has(machine));
  if (!other && next) return next;
  throw new KitError(`Machine "${other?.record.name}" is not ready, and no other is updated meanwhile`, {
    hint: `kit ps ${other?.record.name} shows its services`,
  });
}

function stopped(left: number): KitError {
  const machines = left === 1 ? '1 machine is' : `${left} machines are`;
  return new KitError(`The update has stopped: ${machines} left as before`, {
    hint: 'kit update --all goes on where it stopped, once the cause is removed',
  });
}
