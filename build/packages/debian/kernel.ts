import { cp, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { unpackDebs } from '../../debian/unpack.ts';
import { xzOf } from '../../tools/xz.ts';
import type { Work } from '../../work.ts';
import {
  type Firmware,
  firmwareFor,
  namedFirmware,
  readFirmware,
  writeFirmware,
  writeLicences,
} from './firmware.ts';
import {
  depmod,
  firmwareTable,
  kernelTables,
  namedModulesFile,
  otherModulesName,
  readTables,
  treeEntries,
} from './module-files.ts';
import { type Dependencies, findModules, type ModuleTables, withNeeded } from './modules.ts';
import { type SpooledEntry, type SpooledFiles, spooledEntry } from './spool.ts';

/** What a kernel image is made of. */
export interface KernelParts {
  /** Names or globs of modules. */
  readonly modules: readonly string[];
  readonly debs: readonly string[];
  /** .debs of firmware. */
  readonly firmware: readonly string[];
}

/**
 * Makes LinuxKit's kernel image from Debian's kernel package: `kernel`, and `kernel.tar` with the selected
 * modules, what they need and depmod's tables in usr/lib/modules/RELEASE; `config`, for people and for kit
 * lint --kernel; and `kernel-more.tar` with all other modules, which is read only for a manifest with a list
 * of its own (`kernel.modules`), and is in no machine. Both have the firmware that their modules name, in
 * usr/lib/firmware.
 */
export async function addKernel(
  { modules, debs, firmware }: KernelParts,
  scratch: string,
  work: Work,
): Promise<SpooledFiles> {
  const [full, pruned, more] = ['full', 'pruned', 'more'].map((name) => join(scratch, name)) as Folders;
  await mkdir(full);
  await unpackDebs(debs, full, await xzOf(work), work);
  const release = await onlyName(join(full, 'usr/lib/modules'), /./);
  await depmod(full, release, work);
  const folder = join(full, 'usr/lib/modules', release);
  const tables = await readTables(folder);
  const found = firmware.length > 0 && (await readFirmware(firmware, join(scratch, 'firmware'), work));
  const named = found && (await namedFirmware(folder, [...tables.dependencies.keys()], work));
  const kept = await pruneModules(modules, tables, { full, pruned, release }, work);
  const image = join(full, 'boot', await onlyName(join(full, 'boot'), /^vmlinuz-/));
  makeFolder(join(more, 'usr/lib'));
  if (found && named) {
    await writeFile(join(folder, firmwareTable), tableText(named));
    await addFirmware({ kept, named, found }, { pruned, more }, work);
  }
  await rename(join(full, 'usr/lib/modules'), join(more, 'usr/lib/modules'));
  return new Map([
    await whole('kernel', image),
    await whole('config', join(full, 'boot', `config-${release}`)),
    await archive('kernel.tar', pruned, scratch),
    await archive(otherModulesName, more, scratch),
  ]);
}

type Folders = [full: string, pruned: string, more: string];

const tableText = (table: Dependencies): string =>
  [...table].map(([path, names]) => `${path}: ${names.join(' ')}\n`).join('');

interface FirmwareChoice {
  /** Paths of the modules in kernel.tar. */
  readonly kept: readonly string[];
  readonly named: Dependencies;
  readonly found: Firmware;
}

/** What the modules of kernel.tar name is there too; what the others name is in the other archive. */
async function addFirmware(
  { kept, named, found }: FirmwareChoice,
  { pruned, more }: Record<'pruned' | 'more', string>,
  work: Work,
): Promise<void> {
  const { files, missing } = firmwareFor(kept, named, found.files.keys());
  const all = firmwareFor([...named.keys()], named, found.files.keys()).files;
  const others = all.filter((path) => !files.includes(path));
  await writeFirmware(files, found, pruned);
  await writeFirmware(others, found, more);
  // Of both, since a manifest may choose from the other archive.
  await writeLicences(all, found, pruned);
  if (missing.length > 0)
    work.progress.line(`firmware that modules name and no package of "firmware" has: ${missing.join(', ')}`);
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

/**
 * Moves the wanted modules from the full tree, whose tables still name them, to the pruned one; returns their
 * paths.
 */
async function pruneModules(
  wanted: readonly string[],
  tables: ModuleTables,
  { full, pruned, release }: Trees,
  work: Work,
): Promise<string[]> {
  const [from = '', to = ''] = [full, pruned].map((tree) => join(tree, 'usr/lib/modules', release));
  const named = findModules(wanted, tables);
  const kept = withNeeded(named, tables);
  for (const path of kept) {
    makeFolder(dirname(join(to, path)));
    await rename(join(from, path), join(to, path));
  }
  for (const path of kernelTables) await cp(join(from, path), join(to, path));
  await writeFile(join(from, namedModulesFile), named.map((path) => `${path}\n`).join(''));
  await depmod(pruned, release, work);
  return kept;
}
