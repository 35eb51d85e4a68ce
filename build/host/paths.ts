import { homedir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { KitError } from '../../lib/errors/errors.ts';

const here = fileURLToPath(import.meta.url);

/**
 * Whether this is the npm package. Its programs are compiled into dist/ (build/npm), and it has no sources.
 * No other file of build/ uses `import.meta`: bundling would change its meaning there.
 */
export const isPackaged = here.endsWith('.js');

/** The checkout, or the folder of the npm package: where package.json and pkg/ are. */
export const kitRoot = dirname(dirname(isPackaged ? here : dirname(here)));

/**
 * A data file beside the code, by its path in the checkout. The npm package has it at the same path:
 * package.json lists it under `files`.
 */
export const dataFile = (path: string): string => join(kitRoot, path);

/** Files that exist only in the npm package, made by build/npm. */
export const packagedFile = (path: string): string => join(kitRoot, 'dist', path);

/**
 * Arguments with which Node runs a program of kit, by its path in the checkout: build/npm/programs.ts lists
 * these programs.
 */
export function nodeProgram(path: string): string[] {
  return ['--disable-warning=ExperimentalWarning', ...(isPackaged ? compiled(path) : [dataFile(path)])];
}

/** Programs of which the npm package has one file for all (build/npm/kit.ts). */
export const largePrograms: readonly string[] = [
  'build/main.ts',
  'build/monitor/monitor-main.ts',
  'build/api/handle/runner-main.ts',
];

function compiled(path: string): string[] {
  const name = basename(path, '.ts');
  return largePrograms.includes(path) ? [packagedFile('kit.js'), name] : [packagedFile(`${name}.js`)];
}

/**
 * Empty variables count as unset, as in the shell's `${KIT_CACHE:-…}`: they must not mean the current folder.
 */
type Env = Readonly<Record<string, string | undefined>>;

/** HOME, else what the system knows. @throws KitError for a user without a home, as in some containers */
export function homeDir(env: Env): string {
  try {
    return env.HOME || homedir();
  } catch (thrown) {
    throw new KitError('Cannot find the home folder of this user: HOME is not set, and the system has none', {
      hint: 'set HOME; or KIT_CACHE, KIT_STATE and KIT_CONFIG, to paths that only this user can write',
      cause: thrown,
    });
  }
}

/**
 * The folder of everything that can be made again: blobs, layers, tools, downloads. KIT_CACHE, else
 * LinuxKit's variable, else the XDG cache folder.
 */
export function cacheDir(env: Env): string {
  return resolve(
    env.KIT_CACHE || env.LINUXKIT_CACHE || join(env.XDG_CACHE_HOME || join(homeDir(env), '.cache'), 'kit'),
  );
}

/** The folder with the state of running machines. KIT_STATE, else the XDG state folder. */
export function stateDir(env: Env): string {
  return resolve(env.KIT_STATE || join(env.XDG_STATE_HOME || join(homeDir(env), '.local', 'state'), 'kit'));
}
