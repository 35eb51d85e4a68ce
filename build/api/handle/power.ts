import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { MachineClient } from '../../machine/client/client.ts';
import { failedTasks, failureText, type ReadinessRules } from '../../machine/client/readiness.ts';
import { notReadyText, waitForServices } from '../../machine/client/wait.ts';
import { stopMachine } from '../../machine/lifecycle/stop.ts';
import { isLive, readMachine } from '../../machine/records/find.ts';
import { signalTo } from '../../machine/records/process.ts';
import type { MachinePlace } from './failure.ts';

/** Waits until all services are ready. @throws KitError that says which is not, and why */
export async function waitUntilReady(
  { dir, name }: MachinePlace,
  timeoutMs: number,
  signal: AbortSignal,
  rules: ReadinessRules = {},
): Promise<void> {
  const ended = new AbortController();
  const waiting = new AbortController();
  // A machine that has ended never answers: its record says so.
  const watch = whenEnded(dir, waiting.signal).then((reason) => ended.abort(reason));
  try {
    using client = new MachineClient(dir);
    const { outcome, status } = await waitForServices(
      client,
      timeoutMs,
      AbortSignal.any([signal, ended.signal]),
      rules,
    );
    if (outcome.kind === 'ready') return;
    const onboot = status ? failedTasks(status).map(failureText) : [];
    const why = [...new Set([...notReadyText(outcome, timeoutMs).split('; '), ...onboot])].join('; ');
    throw new KitError(`Machine "${name}" is not ready: ${why}`);
  } catch (thrown) {
    signal.throwIfAborted();
    if (!ended.signal.aborted) throw thrown;
    throw new KitError(`Machine "${name}" ended before its services were ready: ${ended.signal.reason}`);
  } finally {
    waiting.abort();
    await watch;
  }
}

const pollMs = 300;

/** Resolves to why the machine has ended, once it has; to an empty text when `signal` is aborted. */
async function whenEnded(dir: string, signal: AbortSignal): Promise<string> {
  while (!signal.aborted) {
    const machine = await readMachine(dir);
    if (!machine) return 'it is gone';
    if (!isLive(machine)) return machine.record.reason;
    await pause(pollMs, undefined, { signal }).catch(() => {});
  }
  return '';
}

/** Ends the machine as a power failure does: nothing in it gets to act, or to write, any more. */
export async function cutPowerOf(place: MachinePlace): Promise<void> {
  if (await endMachine(place)) return;
  throw new KitError(`Cannot cut the power of machine "${place.name}": it is off`);
}

/** Ends the machine at once. Resolves to whether it was running. */
export async function endMachine({ dir }: MachinePlace): Promise<boolean> {
  const machine = await readMachine(dir);
  if (!machine || !isLive(machine)) return false;
  const { guest } = machine.record;
  if (guest) signalTo(guest, 'SIGKILL');
  // The monitor ends when the guest has. Where this user may not kill the guest, the monitor ends it.
  await stopMachine(machine, { notify: () => {}, timeoutMs: 0, force: true });
  return true;
}

/** How long a guest may take to power off before it is ended by force. */
const stopMs = 90_000;

/** Powers the machine off in order; by force if it does not do that in time. Does nothing if it is off. */
export async function powerOffMachine({ dir }: MachinePlace, timeoutMs = stopMs): Promise<void> {
  const machine = await readMachine(dir);
  if (machine && isLive(machine)) await stopMachine(machine, { notify: () => {}, timeoutMs, force: false });
}
