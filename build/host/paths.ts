import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The checkout: where package.json, pkg/ and services/ are. */
export const kitRoot = dirname(dirname(import.meta.dirname));

/**
 * Empty variables count as unset, as in the shell's `${KIT_CACHE:-…}`: they must not mean the current folder.
 */
type Env = Readonly<Record<string, string | undefined>>;

/**
 * The folder of everything that can be made again: blobs, layers, tools, downloads. KIT_CACHE, else
 * LinuxKit's variable, else the XDG cache folder.
 */
export function cacheDir(env: Env): string {
  return resolve(
    env.KIT_CACHE ||
      env.LINUXKIT_CACHE ||
      join(env.XDG_CACHE_HOME || join(env.HOME || homedir(), '.cache'), 'kit'),
  );
}

/** The folder with the state of running machines. KIT_STATE, else the XDG state folder. */
export function stateDir(env: Env): string {
  return resolve(
    env.KIT_STATE || join(env.XDG_STATE_HOME || join(env.HOME || homedir(), '.local', 'state'), 'kit'),
  );
}
