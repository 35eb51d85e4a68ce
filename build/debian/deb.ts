import { createReadStream } from 'node:fs';
import { readTar, type TarEntry } from '../../lib/archive/tar.ts';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { type ArMember, readAr } from '../binary/ar/ar.ts';
import { bounded, ratioBound } from '../binary/compressed/bound.ts';
import { type Compression, unpacked } from '../binary/compressed/compression.ts';
import type { Work } from '../work.ts';

/** Decompresses a stream of xz. */
export type Xz = (packed: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>;

/**
 * The entries of a .deb's data archive, or of the one with its control files: deb(5). Of the compressions
 * that Debian has used, those of its present releases are read.
 * @throws KitError for a file that is damaged, or a decompression bomb
 */
export async function* debEntries(
  deb: string,
  xz: Xz,
  { signal }: Work,
  member: 'control' | 'data' = 'data',
): AsyncGenerator<TarEntry> {
  const data = await memberOf(deb, member);
  const part = { signal, start: data.offset, end: data.offset + data.size - 1 };
  try {
    yield* readTar(unpackedData(deb, data.name, part, xz), deb);
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof KitError || codeOf(thrown)?.startsWith('E')) throw thrown;
    throw new KitError(`Cannot read "${deb}": ${data.name}: ${reasonOf(thrown)}`, { cause: thrown });
  }
}

/** debian-binary, control.tar and data.tar; names that begin with "_" may stand between them. */
const mostMembers = 16;

async function memberOf(deb: string, member: string): Promise<ArMember> {
  const members = await readAr(deb, mostMembers);
  const data = members.find(({ name }) => name === `${member}.tar` || name.startsWith(`${member}.tar.`));
  if (members[0]?.name !== 'debian-binary' || !data || data.size === 0) {
    throw new KitError(`Cannot read "${deb}": it is not a Debian package`);
  }
  return data;
}

interface Part {
  readonly signal: AbortSignal;
  readonly start: number;
  readonly end: number;
}

function unpackedData(deb: string, name: string, part: Part, xz: Xz): AsyncIterable<Uint8Array> {
  const ending = name.slice(name.indexOf('.tar') + '.tar'.length);
  const bound = ratioBound(part.end - part.start + 1);
  if (ending === '.xz') return bounded(xz(bytesOf(deb, part)), bound);
  const compression = compressions[ending];
  if (compression) return unpacked(deb, compression, bound, part);
  throw new KitError(`Cannot read "${deb}": kit cannot decompress "${name}"`);
}

/**
 * Opened when the first piece is read: the error of a stream that is aborted before anybody listens to it
 * would end kit.
 */
async function* bytesOf(file: string, part: Part): AsyncGenerator<Buffer> {
  yield* createReadStream(file, { ...part, highWaterMark: 1 << 18 });
}

/** By the end of the archive's name. */
const compressions: Readonly<Partial<Record<string, Compression>>> = {
  '': 'none',
  '.gz': 'gzip',
  '.zst': 'zstd',
  '.bz2': 'bzip2',
};

/**
 * Globs of files that neither images nor tools need: documentation, translations, data of Debian's own tools.
 */
export const neverNeeded = [
  'doc',
  'man',
  'info',
  'locale',
  'lintian',
  'bug',
  'doc-base',
  'menu',
  'bash-completion',
].map((name) => `/usr/share/${name}/**`);

/**
 * The path on a system with merged /usr, whose /bin, /sbin, /lib and /lib64 are links. All but a few packages
 * of Debian 13 have such paths already.
 */
export function usrMerged(path: string): string {
  return path.replace(/^(bin|sbin|lib|lib64)(?=\/|$)/, 'usr/$1');
}
