import { rm } from 'node:fs/promises';
import { KitError } from '../../lib/errors/errors.ts';
import { checkPorts } from '../backend/request/publish.ts';
import type { Context } from '../host/context.ts';
import { findMachine, isLive, type Machine } from '../machine/records/find.ts';
import { ownProcess } from '../machine/records/process.ts';
import { writeRecord } from '../machine/records/record.ts';
import { startMonitor } from './start-monitor.ts';

/**
 * Starts a machine that belongs to another process, which holds the other end of the socket `lifeline`: when
 * that closes, the machine ends at once and its folder is removed. Resolves when the machine runs.
 * @throws KitError, after removing the folder, when it cannot be started
 */
export async function startForOwner(
  machine: Machine,
  { signal }: Pick<Context, 'signal'>,
  lifeline: number,
): Promise<void> {
  try {
    signal.throwIfAborted();
    await start(machine, lifeline);
  } catch (thrown) {
    await rm(machine.dir, { recursive: true, force: true });
    throw thrown;
  }
}

/** Starts a machine that has ended once more, as it was: with its disks, metadata and published ports. */
export async function restartMachine(
  name: string,
  { env }: Pick<Context, 'env'>,
  lifeline: number,
): Promise<void> {
  const machine = await findMachine(env, name);
  if (isLive(machine)) throw new KitError(`Cannot start machine "${name}": it is running`);
  await checkPorts(machine.record.publish);
  const fresh = { state: 'starting', reason: '', guest: null, startedMs: null, endedMs: null } as const;
  await writeRecord(machine.dir, { ...machine.record, ...fresh, owner: ownProcess() });
  await start(machine, lifeline);
}

async function start({ dir }: Machine, lifeline: number): Promise<void> {
  const monitor = await startMonitor(dir, () => {}, lifeline);
  monitor.detach();
  monitor.disconnect();
}
