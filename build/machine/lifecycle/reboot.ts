import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { MachineClient } from '../client/client.ts';
import { grpcReason, isUnavailable } from '../client/grpc-errors.ts';
import { notReadyText, waitForServices } from '../client/wait.ts';
import { consoleTail } from '../records/console-tail.ts';
import { isLive, type Machine, readMachine } from '../records/find.ts';

export interface RebootOptions {
  /** answer: until the new boot's supervisor answers. ready: until its services are ready too. */
  readonly wait: 'answer' | 'ready';
  /** See `ReadinessRules`. */
  readonly allowFailed?: boolean | undefined;
  /** For the whole reboot, in milliseconds. */
  readonly timeoutMs: number;
  /** Rejects with its reason when it is aborted. */
  readonly signal: AbortSignal;
}

/** The new boot. */
export interface Rebooted {
  readonly name: string;
  readonly bootId: string;
  /** Seconds since it began. */
  readonly uptimeS: number;
  /** All services were ready at the last answer; false if only the answer was waited for. */
  readonly ready: boolean;
}

const pollMs = 200;

/**
 * Reboots a machine, whose services are stopped in order first, and returns when a boot with another boot id
 * answers.
 * @throws KitError, with the end of the console, when the machine ends instead or does not answer in time
 */
export async function rebootMachine(machine: Machine, options: RebootOptions): Promise<Rebooted> {
  const { name } = machine.record;
  const endMs = performance.now() + options.timeoutMs;
  using client = new MachineClient(machine.dir);
  const before = await requestReboot(client, name);
  const status = await newBoot(machine, client, before, endMs, options);
  const rebooted = { name, bootId: status.bootId, uptimeS: status.uptimeS, ready: false };
  if (options.wait === 'answer') return rebooted;
  const leftMs = Math.max(0, endMs - performance.now());
  const waited = await waitForServices(client, leftMs, options.signal, options);
  if (waited.outcome.kind === 'ready')
    return { ...rebooted, ready: true, uptimeS: waited.status?.uptimeS ?? 0 };
  throw await failure(machine, 'is not ready', notReadyText(waited.outcome, options.timeoutMs));
}

/** Returns the id of the boot that is to end. */
async function requestReboot(client: MachineClient, name: string): Promise<string> {
  try {
    const { bootId } = await client.status();
    // The guest may go down before it answers. Its next boot shows whether it received the request.
    await client.end('reboot').catch((thrown: unknown) => {
      if (!isUnavailable(thrown)) throw thrown;
    });
    return bootId;
  } catch (thrown) {
    throw new KitError(`Cannot reboot machine "${name}": ${grpcReason(thrown)}`, {
      hint: isUnavailable(thrown)
        ? `kit logs --console ${name} shows its console; kit stop ${name} ends it in any case`
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
      if (!isUnavailable(thrown)) throw thrown;
      reason = grpcReason(thrown);
    }
    const now = await readMachine(machine.dir);
    if (!now || !isLive(now)) {
      throw await failure(machine, 'ended instead of rebooting', now?.record.reason ?? 'it is gone');
    }
    await pause(pollMs, undefined, { signal }).catch(() => {});
  }
  throw await failure(machine, `has not rebooted within ${Math.round(timeoutMs / 1000)} s`, reason);
}

async function failure({ dir, record: { name } }: Machine, what: string, why: string): Promise<KitError> {
  return new KitError(`Machine "${name}" ${what}: ${why}${await consoleTail(dir)}`, {
    hint: `kit ps -a shows how it is, kit logs ${name} tells more`,
  });
}
