import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, KitError } from '../../../lib/errors/errors.ts';
import { machineDir, machineFiles, machinesDir } from './folder.ts';
import { isAlive, signalTo } from './process.ts';
import { type MachineRecord, readRecord, writeRecord } from './record.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface Machine {
  readonly dir: string;
  readonly record: MachineRecord;
}

export const isRemote = ({ record }: Machine): boolean => record.boot.kind === 'remote';

/** Whether its processes run. A machine that is not live only has its console log left; of one elsewhere nobody here knows. */
export const isLive = ({ record }: Machine): boolean =>
  record.state === 'starting' || record.state === 'running';

/** All machines that have a folder, by name. Those whose monitor was killed are put in order first. */
export async function listMachines(env: Env): Promise<Machine[]> {
  const names = await readdir(machinesDir(env)).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return [];
    throw thrown;
  });
  // Names with a leading dot are folders that are just being made or removed.
  const plain = names.filter((name) => !name.startsWith('.')).sort();
  const machines = await Promise.all(plain.map((name) => readMachine(machineDir(env, name))));
  return machines.filter((machine) => machine !== undefined);
}

/** The machine of that name. @throws KitError when there is none, naming those that run. */
export async function findMachine(env: Env, name: string): Promise<Machine> {
  const machine = await readMachine(machineDir(env, name));
  if (machine) return machine;
  const live = (await listMachines(env)).filter(isLive).map(({ record }) => record.name);
  throw new KitError(`Cannot find machine "${name}": there is none of that name`, {
    hint: live.length > 0 ? `running: ${live.join(', ')}` : 'kit ps -a lists the machines',
  });
}

/** The machine in that folder as it is now, not as a killed monitor left it; undefined when there is none. */
export async function readMachine(dir: string): Promise<Machine | undefined> {
  const record = await readRecord(dir);
  if (!record) return undefined;
  const machine = { dir, record };
  if (isRemote(machine) || !isLive(machine) || isAlive(record.owner)) return machine;
  // It may have ended properly between our two looks.
  const again = await readRecord(dir);
  if (!again) return undefined;
  return isLive({ dir, record: again }) && !isAlive(again.owner)
    ? buryMachine(dir, again)
    : { dir, record: again };
}

/** A machine without its monitor: QEMU dies with it, but is killed if it did not; what is left is removed. */
async function buryMachine(dir: string, record: MachineRecord): Promise<Machine> {
  if (record.guest) signalTo(record.guest, 'SIGKILL');
  await removeSockets(dir);
  const buried: MachineRecord = {
    ...record,
    state: 'stopped',
    reason: 'its monitor was killed',
    guest: null,
    endedMs: Date.now(),
  };
  await writeRecord(dir, buried);
  return { dir, record: buried };
}

export async function removeSockets(dir: string): Promise<void> {
  await Promise.all(
    [machineFiles.control, machineFiles.port].map((file) => rm(join(dir, file), { force: true })),
  );
}
