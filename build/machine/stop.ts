import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../lib/errors/errors.ts';
import { MachineClient } from './client.ts';
import { type Machine, readMachine } from './find.ts';
import { powerOff } from './power-off.ts';
import { isAlive, signalTo } from './process.ts';

export interface StopOptions {
  /** Something a person should know. */
  readonly say: (text: string) => void;
  /** How long the guest may take. */
  readonly timeoutMs: number;
  /** Do not ask the guest. */
  readonly force: boolean;
}

const lookMs = 50;
/** What a monitor may take to write its last record, and the kernel to take QEMU's memory back. */
const killMs = 5000;

/** Ends a machine and returns when neither it nor its monitor runs any more. */
export async function stopMachine(
  { dir, record }: Machine,
  { say, timeoutMs, force }: StopOptions,
): Promise<void> {
  using client = new MachineClient(dir);
  const gone = (ms: number): Promise<boolean> => goneWithin(ms, () => !isAlive(record.owner));
  if (force) await client.monitor('quit').catch(() => {});
  const ended = force ? await gone(killMs) : await powerOff({ client, gone, say, timeoutMs });
  if (ended) return;
  say('The monitor does not end either: killing it');
  signalTo(record.owner, 'SIGKILL');
  if (!(await gone(killMs)))
    throw new KitError(`Cannot end machine "${record.name}": process ${record.owner.pid} does not die`);
  // Puts the record in order, and ends a QEMU that is still there.
  await readMachine(dir);
}

async function goneWithin(ms: number, isGone: () => boolean): Promise<boolean> {
  const endMs = performance.now() + ms;
  while (!isGone()) {
    if (performance.now() >= endMs) return false;
    await pause(lookMs);
  }
  return true;
}
