import { cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileBody, type TarEntry, tarEntry, writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { unpackDebs } from '../../debian/unpack.ts';
import { runTool } from '../../tools/command.ts';
import { type Tools, toolsTree } from '../../tools/tree.ts';
import { xzOf } from '../../tools/xz.ts';
import type { Work } from '../../work.ts';
import { chooseModules, parseDependencies } from './modules.ts';
import { type SpooledEntry, type SpooledFiles, spooledEntry } from './spool.ts';

/**
 * Makes LinuxKit's kernel image from Debian's kernel package: `kernel`, and `kernel.tar` with the selected
 * modules, their dependencies and depmod's tables in usr/lib/modules/RELEASE; and `config`, for people and
 * for kit lint --kernel.
 */
export async function addKernel(
  wanted: readonly string[],
  debs: readonly string[],
  scratch: string,
  work: Work,
): Promise<SpooledFiles> {
  const [full, pruned, tar] = [join(scratch, 'full'), join(scratch, 'pruned'), join(scratch, 'kernel.tar')];
  await mkdir(full);
  await unpackDebs(debs, full, await xzOf(work), work);
  const release = await onlyName(join(full, 'usr/lib/modules'), /./);
  await pruneModules(wanted, { full, pruned, release }, work);
  const { size } = await writeTar(tar, treeEntries(pruned));
  const image = join(full, 'boot', await onlyName(join(full, 'boot'), /^vmlinuz-/));
  const whole = async (path: string, from: string): Promise<[string, SpooledEntry]> => {
    const content = await readFile(from);
    return [path, spooledEntry({ path, size: content.length, content })];
  };
  return new Map([
    await whole('kernel', image),
    await whole('config', join(full, 'boot', `config-${release}`)),
    ['kernel.tar', spooledEntry({ path: 'kernel.tar', size, content: { file: tar } })],
  ]);
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

async function pruneModules(
  wanted: readonly string[],
  { full, pruned, release }: Trees,
  work: Work,
): Promise<void> {
  const tools = await toolsTree(work);
  await depmod(tools, full, release, work);
  const [from, to] = [full, pruned].map((tree) => join(tree, 'usr/lib/modules', release));
  if (from === undefined || to === undefined) return;
  const table = (name: string): Promise<string> => readFile(join(from, name), 'utf8');
  const needs = parseDependencies(await table('modules.dep'));
  const kept = chooseModules(wanted, needs, (await table('modules.builtin')).split('\n'));
  for (const path of [...kept, ...kernelTables]) {
    makeFolder(dirname(join(to, path)));
    await cp(join(from, path), join(to, path));
  }
  await depmod(tools, pruned, release, work);
}

/** Tables of the kernel's build; depmod makes the others. */
const kernelTables = ['modules.builtin', 'modules.builtin.modinfo', 'modules.order'];

/** Debian's kmod looks in usr/lib/modules below the folder given by -b. */
async function depmod(tools: Tools, tree: string, release: string, work: Work): Promise<void> {
  await runTool(tools, 'depmod', ['-b', join(tree, 'usr'), release], { signal: work.signal });
}

/** All files and folders below a folder, sorted, owned by root. */
async function* treeEntries(root: string): AsyncGenerator<TarEntry> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  const rows = found.map((item) => {
    const file = join(item.parentPath, item.name);
    return { file, path: file.slice(root.length + 1), folder: item.isDirectory() };
  });
  for (const { file, path, folder } of rows.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (folder) yield tarEntry({ path, type: 'directory' });
    else yield tarEntry({ path, ...(await sized(file)) });
  }
}

async function sized(file: string): Promise<Pick<TarEntry, 'size' | 'body'>> {
  const { size } = await stat(file);
  return { size, body: fileBody(file) };
}
