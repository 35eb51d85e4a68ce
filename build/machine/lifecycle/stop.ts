import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { MachineClient } from '../client/client.ts';
import { type PowerOffOptions, powerOff, powerOffOrderly } from '../client/power-off.ts';
import { consoleTail } from '../records/console-tail.ts';
import { type Machine, readMachine } from '../records/find.ts';
import { isAlive, signalTo } from '../records/process.ts';
import type { MachineRecord } from '../records/record.ts';
import { stopRemote } from './stop-remote.ts';

export interface StopOptions {
  /** Receives messages for the waiting user. */
  readonly notify: (text: string) => void;
  /** How long the guest may take. */
  readonly timeoutMs: number;
  /** End it without asking the guest. */
  readonly force: boolean;
}

const pollMs = 50;
/** Time for the monitor to write its last record, and for the kernel to free QEMU's memory. */
const killMs = 5000;

/**
 * Ends a machine; returns when neither it nor its monitor runs. @throws KitError when the monitor cannot be
 * killed
 */
export async function stopMachine(
  { dir, record }: Machine,
  { notify, timeoutMs, force }: StopOptions,
): Promise<void> {
  if (record.boot.kind === 'remote') return void (await stopRemote({ dir, record }, { timeoutMs, force }));
  using client = new MachineClient(dir);
  const gone = goneOf(record);
  if (force) await client.monitor('quit').catch(() => {});
  const ended = force ? await gone(killMs) : await powerOff({ client, gone, notify, timeoutMs });
  if (ended) return;
  notify('The monitor does not end either: killing it');
  signalTo(record.owner, 'SIGKILL');
  if (!(await gone(killMs)))
    throw new KitError(`Cannot end machine "${record.name}": process ${record.owner.pid} cannot be killed`);
  // Updates the record, and kills a guest that is still there.
  await readMachine(dir);
}

/**
 * Powers a machine off, never by force, and returns its last record. @throws KitError, with the end of the
 * console, when it does not power off, or fails
 */
export async function shutdownMachine(
  { dir, record }: Machine,
  options: Omit<PowerOffOptions, 'client' | 'gone'>,
): Promise<MachineRecord> {
  const { name } = record;
  if (record.boot.kind === 'remote') {
    return stopRemote({ dir, record }, { timeoutMs: options.timeoutMs, force: false });
  }
  using client = new MachineClient(dir);
  if (!(await powerOffOrderly({ ...options, client, gone: goneOf(record) }))) {
    throw new KitError(`Cannot shut machine "${name}" down: it does not power off${await consoleTail(dir)}`, {
      hint: `it runs on; kit stop --force ${name} ends it at once`,
    });
  }
  const last = (await readMachine(dir))?.record ?? record;
  if (last.state !== 'failed') return last;
  throw new KitError(`Machine "${name}" failed while powering off: ${last.reason}${await consoleTail(dir)}`);
}

/** Resolves to whether the machine and its monitor have ended, at the latest after so many milliseconds. */
const goneOf =
  ({ owner }: MachineRecord) =>
  (ms: number): Promise<boolean> =>
    goneWithin(ms, () => !isAlive(owner));

async function goneWithin(ms: number, isGone: () => boolean): Promise<boolean> {
  const endMs = performance.now() + ms;
  while (!isGone()) {
    if (performance.now() >= endMs) return false;
    await pause(pollMs);
  }
  return true;
}
