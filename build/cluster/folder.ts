import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import { folderNames } from '../../lib/files/folder-names.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { type FileLock, tryLock } from '../cache/file-lock.ts';
import { stateDir } from '../host/paths.ts';
import { listMachines, type Machine } from '../machine/records/find.ts';
import { writePrivateJson } from '../machine/records/private-json.ts';
import { backendNamed } from '../monitor/backends.ts';
import type { Work } from '../work.ts';
import { groupNamePattern } from './fields.ts';
import type { Addresses } from './plan/addresses.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Holds one folder for each cluster, named like the cluster, and its lock beside it. */
const clustersDir = (env: Env): string => join(stateDir(env), 'clusters');

/**
 * The folder of a cluster: `cluster.json`, and the folders `disks` (by names of machines), `images` (by
 * digests) and `networks` (of the switches).
 */
export const clusterDir = (env: Env, name: string): string => join(clustersDir(env), name);

/** cluster.json: what has to stay while the cluster has machines or disks. */
export interface ClusterState {
  readonly name: string;
  /** Absolute path of the file that it was made from. */
  readonly file: string;
  /** Names of groups, in the order of the file. */
  readonly groups: readonly string[];
  readonly addresses: Addresses;
}

export async function loadState(env: Env, name: string): Promise<ClusterState | undefined> {
  const text = await readFile(join(clusterDir(env, name), 'cluster.json'), 'utf8').catch(
    (thrown: unknown) => {
      if (codeOf(thrown) === 'ENOENT') return undefined;
      throw thrown;
    },
  );
  return text === undefined ? undefined : (JSON.parse(text) as ClusterState);
}

export async function saveState(env: Env, state: ClusterState): Promise<void> {
  makeFolder(clusterDir(env, state.name), 0o700);
  await writePrivateJson(join(clusterDir(env, state.name), 'cluster.json'), state);
}

/** Removes what is left of a cluster that has no machines. @returns whether disks stay */
export async function removeCluster(
  env: Env,
  name: string,
  withDisks: boolean,
  work: Work,
): Promise<boolean> {
  const dir = clusterDir(env, name);
  const disks = existsSync(join(dir, 'disks')) ? await readdir(join(dir, 'disks')) : [];
  const stays = disks.length > 0 && !withDisks;
  // The one whose machines may leave files of other users than this one.
  const { removeFolder } = backendNamed('container');
  // With the disks stay the addresses, which programs may have written to them.
  for (const part of stays ? ['images', 'networks'] : ['']) await removeFolder(join(dir, part), work);
  return stays;
}

/** Names of the clusters that have a folder. */
export const clusterNames = async (env: Env): Promise<string[]> =>
  (await folderNames(clustersDir(env))).filter((name) => groupNamePattern?.test(name)).sort();

/**
 * Keeps other commands from changing the cluster, until it is released or this process ends.
 * @throws KitError while one does
 */
export function lockCluster(env: Env, name: string): FileLock {
  makeFolder(clustersDir(env), 0o700);
  const lock = tryLock(join(clustersDir(env), `.${name}.lock`), 'exclusive');
  if (lock) return lock;
  throw new KitError(
    `Cannot change cluster "${name}": another kit up, kit down or kit update is at work on it`,
    {
      hint: 'try again when it has ended',
    },
  );
}

/** All machines of a cluster, running or ended. */
export const machinesOf = async (env: Env, cluster: string): Promise<Machine[]> =>
  (await listMachines(env)).filter(({ record }) => record.member?.cluster === cluster);
