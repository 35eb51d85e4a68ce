import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { unpackDebs } from '../../debian/unpack.ts';
import { xzOf } from '../../tools/xz.ts';
import type { Work } from '../../work.ts';
import {
  depmod,
  kernelTables,
  namedModulesFile,
  otherModulesName,
  readTables,
  treeEntries,
} from './module-files.ts';
import { findModules, withNeeded } from './modules.ts';
import { type SpooledEntry, type SpooledFiles, spooledEntry } from './spool.ts';

/**
 * Makes LinuxKit's kernel image from Debian's kernel package: `kernel`, and `kernel.tar` with the selected
 * modules, what they need and depmod's tables in usr/lib/modules/RELEASE; `config`, for people and for kit
 * lint --kernel; and `kernel-more.tar` with all other modules, which is read only for a manifest with a list
 * of its own (`kernel.modules`), and is in no machine.
 */
export async function addKernel(
  wanted: readonly string[],
  debs: readonly string[],
  scratch: string,
  work: Work,
): Promise<SpooledFiles> {
  const [full, pruned] = [join(scratch, 'full'), join(scratch, 'pruned')];
  await mkdir(full);
  await unpackDebs(debs, full, await xzOf(work), work);
  const release = await onlyName(join(full, 'usr/lib/modules'), /./);
  await pruneModules(wanted, { full, pruned, release }, work);
  const image = join(full, 'boot', await onlyName(join(full, 'boot'), /^vmlinuz-/));
  const more = join(scratch, 'more');
  makeFolder(join(more, 'usr/lib'));
  await rename(join(full, 'usr/lib/modules'), join(more, 'usr/lib/modules'));
  return new Map([
    await whole('kernel', image),
    await whole('config', join(full, 'boot', `config-${release}`)),
    await archive('kernel.tar', pruned, scratch),
    await archive(otherModulesName, more, scratch),
  ]);
}

async function whole(path: string, from: string): Promise<[string, SpooledEntry]> {
  const content = await readFile(from);
  return [path, spooledEntry({ path, size: content.length, content })];
}

async function archive(path: string, tree: string, scratch: string): Promise<[string, SpooledEntry]> {
  const file = join(scratch, path);
  const { size } = await writeTar(file, treeEntries(tree));
  return [path, spooledEntry({ path, size, content: { file } })];
}

async function onlyName(folder: string, pattern: RegExp): Promise<string> {
  const names = (await readdir(folder).catch((): string[] => [])).filter((name) => pattern.test(name));
  if (names[0] !== undefined && names.length === 1) return names[0];
  throw new KitError(
    `Cannot find the kernel in the Debian packages: "${basename(folder)}" holds ${names.length}`,
    {
      hint: 'keep exactly one linux-image package, and not only its metapackage',
    },
  );
}

interface Trees {
  readonly full: string;
  readonly pruned: string;
  readonly release: string;
}

/** Moves the wanted modules from the full tree, whose tables still name them, to the pruned one. */
async function pruneModules(
  wanted: readonly string[],
  { full, pruned, release }: Trees,
  work: Work,
): Promise<void> {
  await depmod(full, release, work);
  const [from, to] = [full, pruned].map((tree) => join(tree, 'usr/lib/modules', release));
  if (from === undefined || to === undefined) return;
  const tables = await readTables(from);
  const named = findModules(wanted, tables);
  for (const path of withNeeded(named, tables)) {
    makeFolder(dirname(join(to, path)));
    await rename(join(from, path), join(to, path));
  }
  for (const path of kernelTables) await cp(join(from, path), join(to, path));
  await writeFile(join(from, namedModulesFile), named.map((path) => `${path}\n`).join(''));
  await depmod(pruned, release, work);
}
