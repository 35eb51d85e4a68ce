import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { folderNames } from '../../../lib/files/folder-names.ts';
import { machineDir, machinesDir } from './folder.ts';
import { isAlive, signalTo } from './process.ts';
import { type MachineRecord, readRecord, writeRecord } from './record.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** A machine that this host knows: its folder, and its record as it was read. */
export interface Machine {
  readonly dir: string;
  readonly record: MachineRecord;
}

export const isRemote = ({ record }: Machine): boolean => record.boot.kind === 'remote';

/** Whether the machine runs; otherwise only its logs are left. A remote one counts as running. */
export const isLive = ({ record }: Machine): boolean =>
  record.state === 'starting' || record.state === 'running';

/**
 * All machines that have a folder, by name. Records of machines whose monitor was killed are updated first.
 */
export async function listMachines(env: Env): Promise<Machine[]> {
  const names = await folderNames(machinesDir(env));
  // Folders that are being created or removed have a leading dot.
  const plain = names.filter((name) => !name.startsWith('.')).sort();
  const machines = await Promise.all(plain.map((name) => readMachine(machineDir(env, name))));
  return machines.filter((machine) => machine !== undefined);
}

/** The machine of that name. @throws KitError when there is none, with the names of those that run */
export async function findMachine(env: Env, name: string): Promise<Machine> {
  const machine = await readMachine(machineDir(env, name));
  if (machine) return machine;
  const live = (await listMachines(env)).filter(isLive).map(({ record }) => record.name);
  throw new KitError(`Cannot find machine "${name}": no machine has that name`, {
    hint: live.length > 0 ? `running: ${live.join(', ')}` : 'kit ps -a lists the machines',
  });
}

/**
 * The machine in that folder, its record corrected if its monitor was killed; undefined when there is none.
 */
export async function readMachine(dir: string): Promise<Machine | undefined> {
  const record = await readRecord(dir);
  if (!record) return undefined;
  const machine = { dir, record };
  if (isRemote(machine) || !isLive(machine) || isAlive(record.owner)) return machine;
  // The monitor may have written its last record and exited after the first read.
  const current = await readRecord(dir);
  if (!current) return undefined;
  return isLive({ dir, record: current }) && !isAlive(current.owner)
    ? cleanUpAfterMonitor(dir, current)
    : { dir, record: current };
}

/**
 * Kills a guest that outlived its killed monitor, removes the sockets, and records the machine as stopped.
 */
async function cleanUpAfterMonitor(dir: string, record: MachineRecord): Promise<Machine> {
  if (record.guest) signalTo(record.guest, 'SIGKILL');
  await removeSockets(dir);
  const stopped: MachineRecord = {
    ...record,
    state: 'stopped',
    reason: 'its monitor was killed',
    guest: null,
    endedMs: Date.now(),
  };
  await writeRecord(dir, stopped);
  return { dir, record: stopped };
}

/** Removes the monitor's socket and those of its backend. */
export async function removeSockets(dir: string): Promise<void> {
  // The folder may have been removed meanwhile.
  const names = await readdir(dir).catch((): string[] => []);
  const sockets = names.filter((name) => name.endsWith('.sock'));
  await Promise.all(sockets.map((name) => rm(join(dir, name), { force: true })));
}
