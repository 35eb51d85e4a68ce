import { readFileSync } from 'node:fs';
import { nameBytes, type WrittenTar, writeTar } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { inScratch } from '../../cache/scratch.ts';
import { globMatcher } from '../../debian/globs.ts';
import type { DebianSource } from '../../debian/source.ts';
import type { Work } from '../../work.ts';
import { addKernel } from './kernel.ts';
import {
  type SpooledEntry,
  type SpooledFiles,
  spoolDebs,
  spooledEntry,
  unspooled,
  withParents,
} from './spool.ts';
import { stripFiles } from './strip.ts';

/**
 * Writes a layer with the files that `source` takes from the .debs: sorted by path, for a merged /usr, with
 * the packages' owners and modes, all times 0. The same packages give the same bytes.
 * @param firmware .debs of the source's packages of firmware, which are not among `debs`
 */
export async function writeDebianLayer(
  source: DebianSource,
  debs: readonly string[],
  outTar: string,
  work: Work,
  firmware: readonly string[] = [],
): Promise<WrittenTar> {
  return inScratch(work.cache.dir, async (scratch) => {
    const modules = [...(source.kernel?.modules ?? []), ...(source.kernel?.[work.arch] ?? [])];
    const found = source.kernel
      ? await addKernel({ modules, debs, firmware }, scratch, work)
      : await spoolDebs(debs, source, scratch, work);
    if (source.strip) await stripFiles(found, scratch, work);
    const inputs = await concatInputs(source, debs, scratch, work);
    for (const entry of [...concats(source, inputs), ...folders(source), ...links(source)]) {
      found.set(entry.path, entry);
    }
    const sorted = [...withParents(found).values()].sort((a, b) => Buffer.compare(key(a), key(b)));
    return writeTar(outTar, sorted.map(unspooled));
  });
}

const key = ({ path }: SpooledEntry): Buffer => nameBytes(path);

const inTar = (path: string): string => path.replace(/^\/+|\/+$/g, '');

function* folders(source: DebianSource): Generator<SpooledEntry> {
  for (const text of source.directories) {
    const [path = '', mode = '0755'] = text.split(' ');
    yield spooledEntry({ path: inTar(path), type: 'directory', mode: Number.parseInt(mode, 8) });
  }
}

function* links(source: DebianSource): Generator<SpooledEntry> {
  for (const { in: folder, to, names } of source.links) {
    for (const name of names) {
      yield spooledEntry({ path: inTar(`${folder}/${name}`), type: 'symlink', linkname: to });
    }
  }
}

/** Read separately, since these files need not be in the layer. */
async function concatInputs(
  { concat }: DebianSource,
  debs: readonly string[],
  scratch: string,
  work: Work,
): Promise<SpooledFiles> {
  const include = Object.values(concat);
  return include.length === 0 ? new Map() : spoolDebs(debs, { include, exclude: [] }, scratch, work);
}

function* concats(source: DebianSource, files: SpooledFiles): Generator<SpooledEntry> {
  for (const [path, glob] of Object.entries(source.concat)) {
    const content = Buffer.concat(contents(files, glob));
    if (content.length === 0)
      throw new KitError(`Cannot make "${path}": no file of the packages is "${glob}"`);
    yield spooledEntry({ path: inTar(path), size: content.length, content });
  }
}

function contents(files: SpooledFiles, glob: string): Buffer[] {
  const matches = globMatcher([glob]);
  return [...files.values()]
    .filter(({ path }) => matches(`/${path}`))
    .sort((a, b) => Buffer.compare(key(a), key(b)))
    .flatMap(({ content }) =>
      Buffer.isBuffer(content) ? [content] : content ? [readFileSync(content.file)] : [],
    );
}
