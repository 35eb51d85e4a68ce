import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withLock } from '../cache/file-lock.ts';
import { inScratch, renameOnce } from '../cache/scratch.ts';
import { fetchLockedPackages, lockPackages } from '../debian/locked-packages.ts';
import { type DebianSource, debianSource, type LockedPackage } from '../debian/source.ts';
import { unpackDebs } from '../debian/unpack.ts';
import { type Arch, hostArch } from '../host/arch.ts';
import type { Work } from '../work.ts';

/** A folder of unpacked Debian packages; `toolCommand` runs its programs. */
export interface Tools {
  readonly dir: string;
  /** Identifies the packages. Part of the key of everything that is made with a tool. */
  readonly hash: string;
  readonly arch: Arch;
}

/** All programs that kit runs on the host, besides apt and dpkg-deb. */
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

const lockFile = join(import.meta.dirname, 'debian.lock.json');

const trees = new Map<string, Promise<Tools>>();

/** kit's tools tree, made when the cache lacks it. */
export function toolsTree(work: Work): Promise<Tools> {
  const known = trees.get(work.cache.dir) ?? debianTree('tools', source, lockFile, work);
  trees.set(work.cache.dir, known);
  known.catch(() => trees.delete(work.cache.dir));
  return known;
}

/**
 * A tree of other packages, made the same way. @param title for progress
 * @param arch differs from the host's only for packages of data: tools always run on the host, whatever
 * architecture they build for
 */
export async function debianTree(
  title: string,
  packages: DebianSource,
  lock: string,
  work: Work,
  arch: Arch = hostArch,
): Promise<Tools> {
  const here: Work = { ...work, arch };
  const known = treeOf(await lockPackages(packages, lock, here), here);
  if (existsSync(known.dir)) return known;
  const onWait = (): void => work.progress.line(`Waiting for another kit that makes the ${title}`);
  // A hundred megabytes to fetch: when two kit processes start with an empty cache, one fetches for both.
  return withLock(
    join(work.cache.dir, 'locks', `tools-${known.hash}`),
    { signal: work.signal, onWait },
    async () => {
      if (existsSync(known.dir)) return known;
      const fetched = await fetchLockedPackages(packages, lock, here);
      const tools = treeOf(fetched.packages, here);
      await work.progress.task(`Unpack the ${title}`, () => unpack(fetched.debs, tools, here));
      return tools;
    },
  );
}

/** Raise it when unpacking changes, so that trees of an older kit are not used. */
const layout = 'tree 1';

function treeOf(packages: readonly LockedPackage[], work: Work): Tools {
  const text = [layout, ...packages.map(({ sha256 }) => sha256)].join('\n');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { dir: join(work.cache.dir, 'tools', hash), hash, arch: work.arch };
}

async function unpack(debs: readonly string[], tools: Tools, work: Work): Promise<void> {
  await inScratch(work.cache.dir, async (folder) => {
    const root = join(folder, 'root');
    await mkdir(root);
    await unpackDebs(debs, root, work);
    await mkdir(dirname(tools.dir), { recursive: true });
    await renameOnce(root, tools.dir);
  });
}
