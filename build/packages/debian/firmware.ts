import { createHash } from 'node:crypto';
import { copyFile, readFile, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../../lib/files/make-folder.ts';
import { globMatcher } from '../../debian/globs.ts';
import { runTool } from '../../tools/command.ts';
import { toolsTree } from '../../tools/tree.ts';
import { resolveIn } from '../../tree/tree.ts';
import type { Work } from '../../work.ts';
import type { Dependencies } from './modules.ts';
import { type SpooledEntry, type SpooledFiles, spoolDebs } from './spool.ts';

/** Where the kernel looks for firmware, without the leading slash. */
export const firmwareFolder = 'usr/lib/firmware';

/** The firmware of Debian packages. */
export interface Firmware {
  /** By path below usr/lib/firmware; links are not there, but what they lead to. */
  readonly files: ReadonlyMap<string, FirmwareFile>;
  /** By name of the package. */
  readonly licences: ReadonlyMap<string, SpooledEntry>;
}

interface FirmwareFile {
  readonly entry: SpooledEntry;
  readonly package: string;
}

/** Reads the firmware of the .debs, and their licences, into a folder. */
export async function readFirmware(debs: readonly string[], folder: string, work: Work): Promise<Firmware> {
  const files = new Map<string, FirmwareFile>();
  const licences = new Map<string, SpooledEntry>();
  const include = [`/${firmwareFolder}/**`, '/usr/share/doc/*/copyright'];
  for (const [at, deb] of debs.entries()) {
    const own = join(folder, String(at));
    makeFolder(own);
    const found = await spoolDebs([deb], { include, exclude: [], never: [] }, own, work);
    const [name = ''] = [...found.keys()].flatMap(
      (path) => /^usr\/share\/doc\/([^/]+)\/copyright$/.exec(path)?.[1] ?? [],
    );
    const licence = found.get(`usr/share/doc/${name}/copyright`);
    if (licence?.type === 'file') licences.set(name, licence);
    for (const [path, entry] of firmwareOf(found)) files.set(path, { entry, package: name });
  }
  return { files, licences };
}

function* firmwareOf(found: SpooledFiles): Generator<[string, SpooledEntry]> {
  for (const path of found.keys()) {
    const name = path.startsWith(`${firmwareFolder}/`) ? path.slice(firmwareFolder.length + 1) : '';
    const entry = found.get(resolveIn(found, path));
    if (name !== '' && entry?.type === 'file') yield [name, entry];
  }
}

/** By module, its path below `folder`, the names of firmware that it may ask for: modinfo(8). */
export async function namedFirmware(
  folder: string,
  modules: readonly string[],
  work: Work,
): Promise<Dependencies> {
  const tools = await toolsTree(work);
  const named = new Map<string, string[]>();
  // All of a kernel's modules are too many for one command line.
  for (let at = 0; at < modules.length; at += 500) {
    const some = modules.slice(at, at + 500);
    const { stdout } = await runTool(tools, 'modinfo', some, { cwd: folder, signal: work.signal });
    for (const [path, names] of parseModinfo(stdout)) if (names.length > 0) named.set(path, names);
  }
  return named;
}

/** `filename:` begins what modinfo prints of each module; there are as many `firmware:` as files. */
export function parseModinfo(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  let names: string[] = [];
  for (const [, key, value = ''] of text.matchAll(/^(filename|firmware): +(\S+)$/gm)) {
    if (key === 'filename') {
      names = [];
      found.set(value.replace(/^.*\/(?=kernel\/)/, ''), names);
    } else names.push(value);
  }
  return found;
}

/** The firmware, of all that there is, that these modules name; and the names for which there is none. */
export function firmwareFor(
  modules: readonly string[],
  named: Dependencies,
  present: Iterable<string>,
): { readonly files: string[]; readonly missing: string[] } {
  const names = [...new Set(modules.flatMap((path) => named.get(path) ?? []))].sort();
  const all = [...present];
  const known = new Set(all);
  const found = new Set<string>();
  const missing: string[] = [];
  for (const name of names) {
    // Some modules name a glob: `brcm/brcmfmac*-pcie.*.bin`.
    const matches = /[*?]/.test(name) ? all.filter(globMatcher([name])) : known.has(name) ? [name] : [];
    if (matches.length === 0) missing.push(name);
    for (const path of matches) found.add(path);
  }
  return { files: [...found].sort(), missing };
}

/** Writes these files of the firmware below `tree`. */
export async function writeFirmware(
  paths: readonly string[],
  { files }: Firmware,
  tree: string,
): Promise<void> {
  for (const path of paths) {
    const content = files.get(path)?.entry.content;
    const file = join(tree, firmwareFolder, path);
    makeFolder(dirname(file));
    if (Buffer.isBuffer(content)) await writeFile(file, content);
    else if (content) await copyFile(content.file, file);
  }
}

/**
 * Writes the licences of the packages that these files are from. Most are of one source package and have the
 * same text of 0.3 MB: it is there once, and the others are links to it.
 */
export async function writeLicences(
  paths: readonly string[],
  { files, licences }: Firmware,
  tree: string,
): Promise<void> {
  const written = new Map<string, string>();
  for (const name of [...new Set(paths.flatMap((path) => files.get(path)?.package ?? []))].sort()) {
    const content = licences.get(name)?.content;
    if (!content) continue;
    const file = join(tree, 'usr/share/doc', name, 'copyright');
    const bytes = Buffer.isBuffer(content) ? content : await readFile(content.file);
    const digest = createHash('sha256').update(bytes).digest('hex');
    const same = written.get(digest);
    makeFolder(dirname(file));
    if (same !== undefined) await symlink(`../${same}/copyright`, file);
    else await writeFile(file, bytes);
    written.set(digest, same ?? name);
  }
}
