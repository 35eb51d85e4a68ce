import { createReadStream, createWriteStream } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { bodyBytes, readTar, type TarEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { firmwareFolder } from '../../packages/debian/firmware.ts';
import { firmwareTable, namedModulesFile, treeEntries } from '../../packages/debian/module-files.ts';
import {
  type Dependencies,
  type ModuleTables,
  parseDependencies,
  parseTables,
} from '../../packages/debian/modules.ts';

/** What the archives of a kernel image hold. */
export interface ArchiveContents {
  /** `6.12.90+deb13-cloud-amd64` */
  readonly release: string;
  /** Where the first archive has its modules: `usr/lib/modules`; without a merged /usr, `lib/modules` */
  readonly prefix: string;
  /** Paths of the modules in the image's list, without what these need; without a list, of all. */
  readonly named: readonly string[];
  /** Of modules that are in one of the archives. */
  readonly tables: ModuleTables;
  /** Names of firmware by the path of the module that may ask for it; undefined: without this table. */
  readonly firmware: Dependencies | undefined;
  /** Paths below usr/lib/firmware. */
  readonly firmwareFiles: readonly string[];
}

/**
 * Reads what depmod says of the modules in the archives. The last one's tables count: `kernel-more.tar` knows
 * all modules of its kernel.
 * @param image name for messages @throws KitError for archives without modules, or those of two kernels
 */
export async function readModuleArchives(
  archives: readonly string[],
  image: string,
): Promise<ArchiveContents> {
  const texts = { dep: '', builtin: '', softdep: '', alias: '' };
  const [releases, present] = [new Set<string>(), new Set<string>()];
  let [prefix, named]: [string, string[] | undefined] = ['', undefined];
  let firmware: Dependencies | undefined;
  const firmwareFiles: string[] = [];
  for (const archive of archives) {
    for await (const entry of readTar(createReadStream(archive), `the modules of ${image}`)) {
      firmwareFiles.push(...firmwareName(entry));
      const { above, release, path } = modulePlace(entry) ?? {};
      if (above === undefined || release === undefined || path === undefined) continue;
      releases.add(release);
      prefix ||= above;
      if (isModule(path)) present.add(path);
      const table = tableOf(path);
      if (table) texts[table] = (await bodyBytes(entry)).toString();
      if (path === namedModulesFile) named = linesOf((await bodyBytes(entry)).toString());
      if (path === firmwareTable) firmware = parseDependencies((await bodyBytes(entry)).toString());
    }
  }
  const [release] = releases;
  if (release === undefined || releases.size > 1 || texts.dep === '') {
    throw new KitError(`Cannot choose modules of kernel image "${image}": ${whyNot(releases, texts.dep)}`);
  }
  const all = parseTables(texts);
  const dependencies = new Map([...all.dependencies].filter(([path]) => present.has(path)));
  const tables = { ...all, dependencies };
  return { release, prefix, named: named ?? [...dependencies.keys()], tables, firmware, firmwareFiles };
}

/** Paths of modules, and of firmware below its folder. */
export interface ChosenFiles {
  readonly modules: ReadonlySet<string>;
  readonly firmware: ReadonlySet<string>;
}

/** Unpacks chosen modules, the other files beside those of the first archive, for depmod, and firmware. */
export async function unpackModules(
  archives: readonly string[],
  { modules, firmware }: ChosenFiles,
  tree: string,
): Promise<void> {
  const isWanted = (path: string, archive: string): boolean =>
    isModule(path) ? modules.has(path) : archive === archives[0];
  for (const archive of archives) {
    for await (const entry of readTar(createReadStream(archive), archive)) {
      const { release, path } = modulePlace(entry) ?? {};
      const [name] = firmwareName(entry);
      if (name !== undefined && firmware.has(name)) await unpack(entry, join(tree, firmwareFolder, name));
      if (release === undefined || path === undefined || !isWanted(path, archive)) continue;
      await unpack(entry, join(tree, 'usr/lib/modules', release, path));
    }
  }
}

async function unpack(entry: TarEntry, file: string): Promise<void> {
  makeFolder(dirname(file));
  await pipeline(entry.body, createWriteStream(file));
}

/**
 * An archive's entries, with the modules of a tree in place of its own, and its firmware if the archive's is
 * by modules.
 * @param places paths in the archive that the tree takes the place of, the modules first
 */
export async function* withModulesOf(
  tree: string,
  archive: string,
  places: readonly [string, ...string[]],
): AsyncGenerator<TarEntry> {
  const [prefix] = places;
  const seen = new Set<string>();
  for await (const entry of readTar(createReadStream(archive), archive)) {
    if (places.some((place) => entry.path === place || entry.path.startsWith(`${place}/`))) continue;
    seen.add(entry.path);
    yield entry;
  }
  const above = prefix.replace(/modules$/, '');
  for await (const entry of treeEntries(join(tree, 'usr/lib'))) {
    const path = above + entry.path;
    for (const parent of parentsOf(path)) {
      if (seen.has(parent)) continue;
      seen.add(parent);
      yield { ...entry, path: parent, type: 'directory', mode: 0o755, size: 0, body: [] };
    }
    if (!seen.has(path)) yield { ...entry, path };
    seen.add(path);
  }
}

/** Where an entry is below the modules of a kernel; undefined for another entry. */
function modulePlace(entry: TarEntry): { above: string; release: string; path: string } | undefined {
  if (entry.type !== 'file' || entry.path.split('/').includes('..')) return undefined;
  const [, above, release, path] = /^((?:usr\/)?lib\/modules)\/([^/]+)\/(.+)$/.exec(entry.path) ?? [];
  return above && release && path ? { above, release, path } : undefined;
}

/** The path of a file of firmware below its folder; none for another entry. */
function firmwareName({ type, path }: TarEntry): string[] {
  const isFirmware =
    type === 'file' && path.startsWith(`${firmwareFolder}/`) && !path.split('/').includes('..');
  return isFirmware ? [path.slice(firmwareFolder.length + 1)] : [];
}

const isModule = (path: string): boolean => /\.ko(?:\.\w+)?$/.test(path);

function tableOf(path: string): 'dep' | 'builtin' | 'softdep' | 'alias' | undefined {
  return (['dep', 'builtin', 'softdep', 'alias'] as const).find((name) => path === `modules.${name}`);
}

const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '');

function whyNot(releases: ReadonlySet<string>, dep: string): string {
  if (releases.size > 1) return `it has those of ${[...releases].join(' and ')}`;
  return releases.size === 0 || dep === '' ? "it has none with depmod's tables" : '';
}

/** `usr`, `usr/lib` for `usr/lib/modules` */
function parentsOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, at) => parts.slice(0, at + 1).join('/'));
}
