import { execFile } from 'node:child_process';
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheDir, kitRoot } from '../../build/host/paths.ts';
import { isRoot } from '../support/needs.ts';

const execute = promisify(execFile);

/** The environment of a build, which must not influence an image. */
export interface BuildWorld {
  readonly checkout: string;
  readonly cache: string;
  readonly home: string;
  readonly cwd: string;
  readonly uid: number | undefined;
  /** `0o077` */
  readonly umask: number;
  readonly env: Readonly<Record<string, string>>;
}

/** A user without rights; only root can switch to it. */
const nobody = 65534;

export const canBeAnother = isRoot;

/** This checkout and this user; with a new cache unless `cache` is given. */
export function ownWorld(dir: string, cache = madeCache(dir)): BuildWorld {
  const home = madeFolder(dir, 'home');
  const env = { TZ: 'UTC', LC_ALL: 'C.UTF-8' };
  return { checkout: kitRoot, cache, home, cwd: dir, uid: undefined, umask: 0o022, env };
}

/** Another checkout, cache, home and current folder, and another user if possible. */
export async function otherWorld(dir: string): Promise<BuildWorld> {
  const checkout = madeFolder(dir, 'some other place/kit');
  for (const name of readdirSync(kitRoot)) {
    if (name === '.git' || name === 'node_modules') continue;
    cpSync(join(kitRoot, name), join(checkout, name), { recursive: true, verbatimSymlinks: true });
  }
  await linkTree(join(kitRoot, 'node_modules'), join(checkout, 'node_modules'));
  const [cache, home] = [madeCache(dir), madeFolder(dir, 'other home')];
  await linkDownloads(cache);
  const env = {
    TZ: 'Asia/Kathmandu',
    LC_ALL: 'tr_TR.UTF-8',
    LANG: 'tr_TR.UTF-8',
    UV_THREADPOOL_SIZE: '1',
  };
  const uid = canBeAnother ? nobody : undefined;
  chmodSync(dir, 0o755);
  // The owner of folders only: a hard link shares the owner of its original. What is not downloaded yet is
  // added to them.
  const own = [cache, home, ...downloads.map((name) => join(cache, name)).filter((one) => existsSync(one))];
  if (uid !== undefined) for (const folder of own) chownSync(folder, uid, uid);
  return { checkout, cache, home, cwd: '/', uid, umask: 0o077, env };
}

/** Runs a program of the world's checkout, or its `kit`; resolves to its output. */
export async function runIn(
  world: BuildWorld,
  program: 'kit' | string,
  args: readonly string[],
): Promise<string> {
  const { checkout, cache, home, cwd, uid, umask } = world;
  const file = join(checkout, program);
  const command = program.endsWith('.ts') ? [process.execPath, file, ...args] : [file, ...args];
  const mask = umask.toString(8).padStart(3, '0');
  const shell = ['-c', `umask ${mask} && exec "$@"`, 'sh', ...command];
  const env = { PATH: process.env.PATH ?? '', ...world.env, HOME: home, KIT_CACHE: cache };
  const user = uid === undefined ? {} : { uid, gid: uid };
  const { stdout } = await execute('sh', shell, { cwd, env, ...user, maxBuffer: 1 << 26 });
  return stdout;
}

function madeFolder(dir: string, name: string): string {
  const path = join(dir, name);
  mkdirSync(path, { recursive: true });
  return path;
}

const madeCache = (dir: string): string => madeFolder(dir, 'cache');

const downloads = ['debs', 'npm', 'tools'];

/** Links downloads, which are verified by checksum, into a new cache; everything kit builds is built anew. */
export async function linkDownloads(cache: string): Promise<void> {
  for (const name of downloads) {
    const from = join(cacheDir(process.env), name);
    if (existsSync(from)) await linkTree(from, join(cache, name));
  }
}

/**
 * Uses hard links where possible; not symbolic links, since other users cannot enter the folders of the
 * originals.
 */
export async function linkTree(from: string, to: string): Promise<void> {
  await execute('cp', ['-al', from, to]).catch(() => execute('cp', ['-a', from, to]));
}
