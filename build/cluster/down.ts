import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Context } from '../host/context.ts';
import { stopMachine } from '../machine/lifecycle/stop.ts';
import { isLive, type Machine } from '../machine/records/find.ts';
import { removeFolder } from '../machine/records/remove.ts';
import type { Work } from '../work.ts';
import { clusterDir, clusterNames, loadState, lockCluster, machinesOf, removeCluster } from './folder.ts';
import { endSwitch } from './network/switches.ts';

export interface DownOptions {
  /** Remove the disks, too. */
  readonly disks: boolean;
  /** How long a machine may take to power off, in milliseconds. */
  readonly timeoutMs: number;
  readonly onEnded: (name: string) => void;
}

export interface DownResult {
  readonly cluster: string;
  /** Names of machines, in the order in which they ended. */
  readonly ended: readonly string[];
  /** The folder of disks that stay; null: there are none. */
  readonly disks: string | null;
}

/**
 * Ends the machines of a cluster, the last group of its file first, and removes what `kit up` has made.
 * @throws KitError when there is no such cluster
 */
export async function bringDown(
  name: string,
  { env }: Context,
  work: Work,
  { disks, timeoutMs, onEnded }: DownOptions,
): Promise<DownResult> {
  const lock = lockCluster(env, name);
  try {
    const state = await loadState(env, name);
    const machines = await machinesOf(env, name);
    if (!state && machines.length === 0) throw await unknown(name, env);
    const ended: string[] = [];
    for (const group of stagesOf(machines, state?.groups ?? [])) {
      await Promise.all(
        group.map(async (machine) => {
          await end(machine, env, work, timeoutMs);
          ended.push(machine.record.name);
          onEnded(machine.record.name);
        }),
      );
    }
    const folder = join(clusterDir(env, name), 'networks');
    for (const network of await networksIn(folder)) await endSwitch(folder, network);
    const stays = await removeCluster(env, name, disks, work);
    return { cluster: name, ended, disks: stays ? join(clusterDir(env, name), 'disks') : null };
  } finally {
    lock.release();
  }
}

/** Groups of machines, the last of the file first; before them those that the file no longer had. */
function stagesOf(machines: readonly Machine[], groups: readonly string[]): Machine[][] {
  const byGroup = Map.groupBy(machines, ({ record }) => record.member?.group ?? '');
  const others = [...byGroup.keys()].filter((group) => !groups.includes(group));
  return [...others, ...groups.toReversed()].flatMap((group) => {
    const members = byGroup.get(group);
    return members ? [members] : [];
  });
}

async function end(
  machine: Machine,
  env: Context['env'],
  { progress }: Work,
  timeoutMs: number,
): Promise<void> {
  const options = { notify: (text: string) => progress.line(text), timeoutMs, force: false };
  if (isLive(machine)) {
    await progress.task(`Stop machine ${machine.record.name}`, () => stopMachine(machine, options));
  }
  await removeFolder(env, machine.dir);
}

const networksIn = async (folder: string): Promise<string[]> => {
  const names = await readdir(folder).catch((): string[] => []);
  return names.flatMap((name) => (/^[a-z0-9-]+\.json$/.test(name) ? [name.replace(/\.json$/, '')] : []));
};

async function unknown(name: string, env: Context['env']): Promise<KitError> {
  const known = await clusterNames(env);
  const hint = known.length > 0 ? `there are: ${known.join(', ')}` : 'there are no clusters on this host';
  return new KitError(`Cannot find cluster "${name}"`, { hint });
}
