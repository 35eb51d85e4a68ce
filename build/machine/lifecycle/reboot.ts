import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { grpcReason, isSilent, MachineClient } from '../client/client.ts';
import { notReadyText, waitForServices } from '../client/wait.ts';
import { isLive, type Machine, readMachine } from '../records/find.ts';
import { lastWords } from '../records/last-words.ts';

export interface RebootOptions {
  /** answer: until the new boot's supervisor answers. ready: until its services are ready, too. */
  readonly wait: 'answer' | 'ready';
  /** For all of it. */
  readonly timeoutMs: number;
  /** Rejects with its reason when it is aborted. */
  readonly signal: AbortSignal;
}

/** The boot that answers now. */
export interface Rebooted {
  readonly name: string;
  readonly bootId: string;
  /** Seconds since it began. */
  readonly uptimeS: number;
  /** Every service was ready when it was last asked; false where nobody waited for that. */
  readonly ready: boolean;
}

const lookMs = 200;

/**
 * Boots a machine anew, its services stopped in order before, and returns when the new boot is there: it has another boot
 * id. @throws KitError, with what the machine last said, when it ends or is not there in time
 */
export async function rebootMachine(machine: Machine, options: RebootOptions): Promise<Rebooted> {
  const { name } = machine.record;
  const endMs = performance.now() + options.timeoutMs;
  using client = new MachineClient(machine.dir);
  const before = await askToReboot(client, name);
  const status = await newBoot(machine, client, before, endMs, options);
  const rebooted = { name, bootId: status.bootId, uptimeS: status.uptimeS, ready: false };
  if (options.wait === 'answer') return rebooted;
  const leftMs = Math.max(0, endMs - performance.now());
  const waited = await waitForServices(client, leftMs, options.signal);
  if (waited.outcome.kind === 'ready')
    return { ...rebooted, ready: true, uptimeS: waited.status?.uptimeS ?? 0 };
  throw await failure(machine, 'is not ready', notReadyText(waited.outcome, options.timeoutMs));
}

/** The boot id that is to end. */
async function askToReboot(client: MachineClient, name: string): Promise<string> {
  try {
    const { bootId } = await client.status();
    // It may be down before its answer is out: whether it heard is seen when it comes back.
    await client.end('reboot').catch((thrown: unknown) => {
      if (!isSilent(thrown)) throw thrown;
    });
    return bootId;
  } catch (thrown) {
    throw new KitError(`Cannot reboot machine "${name}": ${grpcReason(thrown)}`, {
      hint: isSilent(thrown)
        ? `kit logs --console ${name} shows what the guest says; kit stop ${name} ends it in any case`
        : undefined,
      cause: thrown,
    });
  }
}

async function newBoot(
  machine: Machine,
  client: MachineClient,
  before: string,
  endMs: number,
  { timeoutMs, signal }: RebootOptions,
): Promise<{ readonly bootId: string; readonly uptimeS: number }> {
  let reason = 'the old boot still answers';
  while (performance.now() < endMs) {
    signal.throwIfAborted();
    try {
      const status = await client.status();
      if (status.bootId !== before) return status;
    } catch (thrown) {
      if (!isSilent(thrown)) throw thrown;
      reason = grpcReason(thrown);
    }
    const now = await readMachine(machine.dir);
    if (!now || !isLive(now)) {
      throw await failure(machine, 'ended instead of booting anew', now?.record.reason ?? 'it is gone');
    }
    await pause(lookMs, undefined, { signal }).catch(() => {});
  }
  throw await failure(machine, `has not booted anew within ${Math.round(timeoutMs / 1000)} s`, reason);
}

async function failure({ dir, record: { name } }: Machine, what: string, why: string): Promise<KitError> {
  return new KitError(`Machine "${name}" ${what}: ${why}${await lastWords(dir)}`, {
    hint: `kit ps -a shows how it is, kit logs ${name} tells more`,
  });
}
