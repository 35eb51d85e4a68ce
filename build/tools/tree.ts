import { type DebianSource, debianSource } from '../debian/source.ts';
import { type Arch, hostArch } from '../host/arch.ts';
import { dataFile } from '../host/paths.ts';
import type { Work } from '../work.ts';
import { resolvePackages } from './apt/resolve.ts';
import { makeTree, type Tools } from './make-tree.ts';
import { xzOf } from './xz.ts';

/** All programs that kit runs on the host, besides those of smaller trees for a single purpose. */
const source = debianSource({
  packages: [
    'qemu-system-x86',
    'qemu-utils',
    'erofs-utils',
    'kmod',
    'libssl3t64', // depmod needs its libcrypto, which kmod's dependencies lack
    'binutils',
    'xz-utils',
    'zstd',
    'xorriso',
  ],
});

export type { Tools } from './make-tree.ts';

const lockFile = dataFile('build/tools/debian.lock.json');

const trees = new Map<string, Promise<Tools>>();

/** kit's tools tree, made when the cache lacks it. */
export function toolsTree(work: Work): Promise<Tools> {
  const known = trees.get(work.cache.dir) ?? debianTree('tools', source, lockFile, work);
  trees.set(work.cache.dir, known);
  known.catch(() => trees.delete(work.cache.dir));
  return known;
}

/** A tree of other packages, made the same way: see `makeTree`. */
export function debianTree(
  title: string,
  packages: DebianSource,
  lock: string,
  work: Work,
  arch: Arch = hostArch,
): Promise<Tools> {
  const locked = { source: packages, lockFile: lock, resolve: resolvePackages, xz: xzOf };
  return makeTree(title, locked, work, arch);
}
