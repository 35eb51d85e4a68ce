import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { KitError } from '../../../../lib/errors/errors.ts';
import { type JsonItem, parseJson } from '../../../../lib/oci/json.ts';
import { shownPath } from '../../definition/shown-path.ts';

export type LockKind = 'npm' | 'pnpm' | 'yarn';

/** The npm project that a package of kit is in. */
export interface Project {
  /** Absolute folder of its lock file: the project itself, or the workspace root above it. */
  readonly root: string;
  /** Absolute path. */
  readonly lockFile: string;
  readonly kind: LockKind;
  /** Absolute path of the package.json that the program belongs to. */
  readonly packageJson: string;
  /** Folder of that package.json relative to `root`: `''`, `packages/app`. */
  readonly importer: string;
  /** Every path that was looked for, present or not: a new file at one of them may be another project. */
  readonly considered: readonly string[];
}

/** By preference of npm: a shrinkwrap comes before package-lock.json. */
const lockNames: readonly (readonly [string, LockKind])[] = [
  ['npm-shrinkwrap.json', 'npm'],
  ['package-lock.json', 'npm'],
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
];

/** Lock files that kit does not read. */
const unread: Readonly<Record<string, string>> = {
  'bun.lock': 'Bun',
  'bun.lockb': 'Bun',
  'deno.lock': 'Deno',
};

const writesLock = 'npm install --package-lock-only writes a package-lock.json';

/**
 * Finds the project of the folder `dir`: the nearest lock file at or above it, and the nearest package.json.
 * @throws KitError when there is none, or when several lock files are in one folder
 */
export function findProject(dir: string): Project {
  const considered: string[] = [];
  let packageJson: string | undefined;
  for (let folder = dir; ; folder = dirname(folder)) {
    const present = (name: string): boolean => {
      considered.push(join(folder, name));
      return existsSync(join(folder, name));
    };
    if (present('package.json')) packageJson ??= join(folder, 'package.json');
    const locks = lockNames.filter(([name]) => present(name));
    const [lock] = locks.length > 1 ? chosenLock(folder, locks) : locks;
    if (lock && packageJson) {
      const importer = relative(folder, dirname(packageJson));
      return {
        root: folder,
        lockFile: join(folder, lock[0]),
        kind: lock[1],
        packageJson,
        importer,
        considered,
      };
    }
    const other = Object.keys(unread).find(present);
    if (other !== undefined && packageJson) throw unreadLock(join(folder, other), unread[other] ?? '');
    if (folder === dirname(folder)) throw noLock(dir, packageJson);
  }
}

function chosenLock(
  folder: string,
  locks: readonly (readonly [string, LockKind])[],
): readonly (readonly [string, LockKind])[] {
  const kinds = new Set(locks.map(([, kind]) => kind));
  if (kinds.size === 1) return locks;
  const file = join(folder, 'package.json');
  const manager = existsSync(file)
    ? readPackageJson(file).optional('packageManager', (value) => value.text())
    : undefined;
  const chosen = locks.filter(([, kind]) => manager?.startsWith(`${kind}@`));
  if (chosen.length > 0) return chosen;
  const names = locks.map(([name]) => `"${name}"`).join(' and ');
  throw new KitError(`Cannot choose a lock file in "${shownPath(folder)}": there are ${names}`, {
    hint: 'delete the one that is out of use, or set "packageManager" in package.json',
  });
}

function unreadLock(file: string, program: string): KitError {
  const message = `Cannot use lock file "${shownPath(file)}": kit does not read those of ${program}`;
  return new KitError(message, { hint: writesLock });
}

function noLock(dir: string, packageJson: string | undefined): KitError {
  const what = packageJson === undefined ? 'package.json' : 'lock file';
  return new KitError(
    `Cannot find the external packages of "${shownPath(dir)}": no ${what} there or in a folder above`,
    { hint: packageJson === undefined ? 'npm init and npm install make one' : writesLock },
  );
}

/** Bytes. */
const packageJsonLimit = 4 << 20;

export function readPackageJson(file: string): JsonItem {
  const { size } = statSync(file);
  if (size > packageJsonLimit) throw new KitError(`Cannot read "${shownPath(file)}": it has ${size} bytes`);
  return parseJson(readFileSync(file), shownPath(file), packageJsonLimit);
}

/** Dependencies of all kinds, with their ranges; one for production wins over one for development. */
export function requestsOf(packageJson: JsonItem): ReadonlyMap<string, string> {
  const keys = ['devDependencies', 'optionalDependencies', 'dependencies'];
  return new Map(
    keys.flatMap((key) => Object.entries(packageJson.optional(key, (map) => map.texts()) ?? {})),
  );
}
