import { setTimeout as pause } from 'node:timers/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { MachineClient } from '../client/client.ts';
import { type PowerOff, powerOff, powerOffOrderly } from '../client/power-off.ts';
import { type Machine, readMachine } from '../records/find.ts';
import { lastWords } from '../records/last-words.ts';
import { isAlive, signalTo } from '../records/process.ts';
import type { MachineRecord } from '../records/record.ts';
import { stopRemote } from './stop-remote.ts';

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
  if (record.boot.kind === 'remote') return void (await stopRemote({ dir, record }, { timeoutMs, force }));
  using client = new MachineClient(dir);
  const gone = goneOf(record);
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

/**
 * Ends a machine in good order or not at all, and returns its last record. @throws KitError when it does not power off,
 * with what it last said, or ends in another way
 */
export async function shutdownMachine(
  { dir, record }: Machine,
  options: Omit<PowerOff, 'client' | 'gone'>,
): Promise<MachineRecord> {
  const { name } = record;
  if (record.boot.kind === 'remote') {
    return stopRemote({ dir, record }, { timeoutMs: options.timeoutMs, force: false });
  }
  using client = new MachineClient(dir);
  if (!(await powerOffOrderly({ ...options, client, gone: goneOf(record) }))) {
    throw new KitError(`Cannot shut machine "${name}" down: it does not power off${await lastWords(dir)}`, {
      hint: `it runs on; kit stop --force ${name} pulls the plug`,
    });
  }
  const last = (await readMachine(dir))?.record ?? record;
  if (last.state !== 'failed') return last;
  throw new KitError(`Machine "${name}" failed on its way down: ${last.reason}${await lastWords(dir)}`);
}

/** Whether the machine and its monitor were gone within so many milliseconds. */
const goneOf =
  ({ owner }: MachineRecord) =>
  (ms: number): Promise<boolean> =>
    goneWithin(ms, () => !isAlive(owner));

async function goneWithin(ms: number, isGone: () => boolean): Promise<boolean> {
  const endMs = performance.now() + ms;
  while (!isGone()) {
    if (performance.now() >= endMs) return false;
    await pause(lookMs);
  }
  return true;
}
