import { readdir, readFile, readlink, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileBody, type TarEntry, tarEntry } from '../../../lib/archive/tar.ts';
import { codeOf } from '../../../lib/errors/errors.ts';
import { runTool } from '../../tools/command.ts';
import { toolsTree } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';
import { type ModuleTables, parseTables } from './modules.ts';

/** Tables of the kernel's build; depmod makes the others. */
export const kernelTables = ['modules.builtin', 'modules.builtin.modinfo', 'modules.order'];

/** The file of a kernel image with its other modules: those that `kernel.tar` leaves out. */
export const otherModulesName = 'kernel-more.tar';

/** In the folder of a kernel's modules: paths of those that its package names, without what these need. */
export const namedModulesFile = 'modules.named';

/** There too, in the form of modules.dep(5): names of firmware by the path of the module that may want it. */
export const firmwareTable = 'modules.firmware';

/** Makes the tables of modules.dep(5) in TREE/usr/lib/modules/RELEASE. */
export async function depmod(tree: string, release: string, work: Work): Promise<void> {
  // Debian's kmod looks in usr/lib/modules below the folder given by -b.
  await runTool(await toolsTree(work), 'depmod', ['-b', join(tree, 'usr'), release], { signal: work.signal });
}

/** The tables in a folder of modules, after depmod. */
export async function readTables(folder: string): Promise<ModuleTables> {
  const table = (name: string): Promise<string> =>
    readFile(join(folder, name), 'utf8').catch((thrown: unknown) => {
      if (codeOf(thrown) === 'ENOENT') return '';
      throw thrown;
    });
  const [dep, builtin, softdep, alias] = [
    await table('modules.dep'),
    await table('modules.builtin'),
    await table('modules.softdep'),
    await table('modules.alias'),
  ];
  return parseTables({ dep, builtin, softdep, alias });
}

/** All files, links and folders below a folder, sorted, owned by root. */
export async function* treeEntries(root: string): AsyncGenerator<TarEntry> {
  const found = await readdir(root, { recursive: true, withFileTypes: true });
  const rows = found.map((item) => {
    const file = join(item.parentPath, item.name);
    return { file, path: file.slice(root.length + 1), item };
  });
  for (const { file, path, item } of rows.sort((a, b) => (a.path < b.path ? -1 : 1))) {
    if (item.isDirectory()) yield tarEntry({ path, type: 'directory' });
    else if (item.isSymbolicLink()) yield tarEntry({ path, type: 'symlink', linkname: await readlink(file) });
    else yield tarEntry({ path, ...(await sized(file)) });
  }
}

async function sized(file: string): Promise<Pick<TarEntry, 'size' | 'body'>> {
  const { size } = await stat(file);
  return { size, body: fileBody(file) };
}
