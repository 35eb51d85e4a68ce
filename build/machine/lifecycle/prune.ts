import { isLive, isRemote, listMachines, type Machine } from '../records/find.ts';
import { type FolderContents, folderContents, removeFolder } from '../records/remove.ts';

type Env = Readonly<Record<string, string | undefined>>;

export interface PruneOptions {
  /** Also remove machines with disks of their own, whose data is lost. */
  readonly disks: boolean;
  readonly dryRun: boolean;
}

/** A machine that has ended, and its folder. */
export interface EndedMachine extends FolderContents {
  readonly name: string;
}

export interface Pruned {
  /** Removed; with `dryRun`, what would be. */
  readonly removed: readonly EndedMachine[];
  /** Those with disks, which were kept. */
  readonly kept: readonly EndedMachine[];
  /** Of all removed ones. */
  readonly bytes: number;
}

/** Removes the folders of all machines of this host that have ended. */
export async function pruneMachines(env: Env, { disks, dryRun }: PruneOptions): Promise<Pruned> {
  const ended = (await listMachines(env)).filter((machine) => !isLive(machine) && !isRemote(machine));
  const all = await Promise.all(ended.map(endedMachine));
  const isRemoved = (machine: EndedMachine): boolean => disks || machine.disks.length === 0;
  const removed = all.filter(isRemoved);
  if (!dryRun) for (const { dir } of removed) await removeFolder(env, dir);
  const shown = (machines: typeof all): EndedMachine[] => machines.map(({ dir: _, ...rest }) => rest);
  return {
    removed: shown(removed),
    kept: shown(all.filter((machine) => !isRemoved(machine))),
    bytes: removed.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

const endedMachine = async ({ dir, record }: Machine): Promise<EndedMachine & { readonly dir: string }> => ({
  ...{ name: record.name, dir },
  ...(await folderContents(dir)),
});
