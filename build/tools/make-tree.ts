import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { withLock } from '../cache/file-lock.ts';
import { inScratch, renameOnce } from '../cache/scratch.ts';
import type { Xz } from '../debian/deb.ts';
import { fetchLockedPackages, type LockedSource, lockPackages } from '../debian/locked-packages.ts';
import type { LockedPackage } from '../debian/source.ts';
import { unpackDebs } from '../debian/unpack.ts';
import { type Arch, hostArch } from '../host/arch.ts';
import type { Work } from '../work.ts';
import { editableLock } from './editable-lock.ts';

/** A folder of unpacked Debian packages; `toolCommand` runs its programs. */
export interface Tools {
  readonly dir: string;
  /** Identifies the packages. Part of the key of everything that is made with a tool. */
  readonly hash: string;
  readonly arch: Arch;
}

/** The packages of a tree, and what decompresses them. */
export interface TreeSource extends LockedSource {
  readonly xz: (work: Work) => Promise<Xz>;
}

/**
 * The tree of a source's packages, made when the cache lacks it. @param title for progress
 * @param arch differs from the host's only for packages of data: tools always run on the host, whatever
 * architecture they build for
 */
export async function makeTree(
  title: string,
  { xz, ...given }: TreeSource,
  work: Work,
  arch: Arch = hostArch,
): Promise<Tools> {
  const here: Work = { ...work, arch };
  const locked = { ...given, lockFile: await editableLock(given.lockFile, work) };
  const known = treeOf(await lockPackages(locked, here), here);
  if (existsSync(known.dir)) return known;
  const onWait = (): void => work.progress.line(`Waiting for another kit that makes the ${title}`);
  // A hundred megabytes to fetch: when two kit processes start with an empty cache, one fetches for both.
  return withLock(
    join(work.cache.dir, 'locks', `tools-${known.hash}`),
    { signal: work.signal, onWait },
    async () => {
      if (existsSync(known.dir)) return known;
      const fetched = await fetchLockedPackages(locked, here);
      const tools = treeOf(fetched.packages, here);
      const decompress = await xz(work);
      await work.progress.task(`Unpack the ${title}`, () => unpack(fetched.debs, tools, decompress, here));
      return tools;
    },
  );
}

/** The tree of these packages, whose .debs are there already. @param title for progress */
export async function treeOfDebs(
  title: string,
  fetched: { readonly packages: readonly LockedPackage[]; readonly debs: readonly string[] },
  xz: Xz,
  work: Work,
): Promise<Tools> {
  const tools = treeOf(fetched.packages, work);
  const onWait = (): void => work.progress.line(`Waiting for another kit that makes the ${title}`);
  const lock = join(work.cache.dir, 'locks', `tools-${tools.hash}`);
  await withLock(lock, { signal: work.signal, onWait }, async () => {
    if (existsSync(tools.dir)) return;
    await work.progress.task(`Unpack the ${title}`, () => unpack(fetched.debs, tools, xz, work));
  });
  return tools;
}

/** Raise it when unpacking changes, so that trees of an older kit are not used. */
const layout = 'tree 1';

function treeOf(packages: readonly LockedPackage[], work: Work): Tools {
  const text = [layout, ...packages.map(({ sha256 }) => sha256)].join('\n');
  const hash = createHash('sha256').update(text).digest('hex').slice(0, 16);
  return { dir: join(work.cache.dir, 'tools', hash), hash, arch: work.arch };
}

async function unpack(debs: readonly string[], tools: Tools, xz: Xz, work: Work): Promise<void> {
  await inScratch(work.cache.dir, async (folder) => {
    const root = join(folder, 'root');
    await mkdir(root);
    await unpackDebs(debs, root, xz, work);
    makeFolder(dirname(tools.dir));
    await renameOnce(root, tools.dir);
  });
}
