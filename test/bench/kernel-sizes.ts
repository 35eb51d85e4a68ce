import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { extractFiles } from '../../build/image/kernel/extract-files.ts';
import { readModuleArchives } from '../../build/image/kernel/module-archives.ts';
import { resolveImage } from '../../build/images/resolve.ts';
import { firmwareFolder, firmwareFor } from '../../build/packages/debian/firmware.ts';
import { otherModulesName } from '../../build/packages/debian/module-files.ts';
import { matchModules, withNeeded } from '../../build/packages/debian/modules.ts';
import { parseImageRef } from '../../build/reference/image-ref.ts';
import { testWork } from '../../build/testing.ts';
import { readTar } from '../../lib/archive/tar.ts';
import { scratch } from '../support/machine.ts';

/**
 * `npm run kernel-sizes [-- PACKAGE...]`: prints, for each group of modules in the lists of kernel packages
 * (`# Title` above them in build.yml), how many modules it adds to those before it, with all they need, and
 * their bytes, compressed as Debian ships them. The table of docs/kernel.md.
 */
const named = process.argv.slice(2);
const work = testWork();
const mega = (bytes: number): string => `${(bytes / 1e6).toFixed(2)} MB`;
// pkg/kernel-metal is for amd64 only.
const usual = work.arch === 'amd64' ? ['pkg/kernel', 'pkg/kernel-metal'] : ['pkg/kernel'];
for (const name of named.length > 0 ? named : usual) await printSizes(name);

async function printSizes(name: string): Promise<void> {
  await using folder = await scratch();
  const image = await resolveImage(parseImageRef(name, { folder: kitRoot }), work);
  const files = ['kernel', 'kernel.tar', otherModulesName];
  await extractFiles(image, new Map(files.map((file) => [file, file])), folder.dir, work);
  const [kernel = '', ...archives] = files.map((file) => join(folder.dir, file));
  const { tables, firmware, firmwareFiles } = await readModuleArchives(archives, name);
  const sizes = await moduleSizes(archives);
  const bytes = (paths: readonly string[]): number =>
    paths.reduce((sum, path) => sum + (sizes.get(path) ?? 0), 0);
  const rows: [string, number, number][] = [];
  let before: readonly string[] = [];
  const list: string[] = [];
  for (const [title, names] of groupsOf(await readFile(join(kitRoot, name, 'build.yml'), 'utf8'))) {
    list.push(...names.flatMap((each) => matchModules(each, tables).modules));
    const now = withNeeded(list, tables);
    const fresh = now.filter((path) => !before.includes(path));
    rows.push([title, fresh.length, bytes(fresh)]);
    before = now;
  }
  const others = [...tables.dependencies.keys()].filter((path) => !before.includes(path));
  rows.push(['in all', before.length, bytes(before)]);
  if (firmware) {
    const { files: own } = firmwareFor(before, firmware, firmwareFiles);
    rows.push(['their firmware (files)', own.length, bytes(own.map((path) => `${firmwareFolder}/${path}`))]);
  }
  rows.push(['left out: for lists of your own', others.length, bytes(others)]);
  process.stdout.write(
    `\n| ${name} (kernel: ${mega((await readFile(kernel)).length)}) | modules | size |\n|---|---|---|\n`,
  );
  for (const [title, count, size] of rows) process.stdout.write(`| ${title} | ${count} | ${mega(size)} |\n`);
}

async function moduleSizes(archives: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const sizes = new Map<string, number>();
  for (const archive of archives)
    for await (const { path, size } of readTar(createReadStream(archive), archive))
      sizes.set(path.replace(/^usr\/lib\/modules\/[^/]+\//, ''), size);
  return sizes;
}

/** The names of a list, by the comment above them; those for one architecture are a group of their own. */
function groupsOf(text: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  let title = '';
  for (const line of text.slice(text.indexOf('modules:')).split('\n')) {
    title =
      /^ {6}# (.+)/.exec(line)?.[1] ??
      (/^ {4}(a\w+64):/.exec(line)?.[1] && `for ${line.trim().slice(0, 5)} only`) ??
      title;
    const name = /^ {6}- ([\w*-]+)/.exec(line)?.[1];
    if (name) groups.set(title, [...(groups.get(title) ?? []), name]);
  }
  return groups;
}
