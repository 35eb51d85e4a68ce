import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { xzDecompressed } from '../binary/xz/xz.ts';
import { scratchOf } from '../cache/scratch.ts';
import type { Arch } from '../host/arch.ts';
import type { Work } from '../work.ts';
import { debianMirror } from './mirror.ts';
import { type IndexFile, type Release, readRelease } from './release.ts';
import { ArchiveClient, MissingFileError, retried, UnusableError } from './remote-file.ts';

/** The current packages of a suite's component `main`, for one architecture. */
export interface PackageList {
  readonly release: Release;
  /** The uncompressed Packages file, verified; removed when the process ends. */
  readonly file: string;
}

const lists = new Map<string, Promise<PackageList>>();

/** Fetches the list from the mirror, once in each process, and checks Debian's signature. @throws KitError */
export function packageList(suite: string, arch: Arch, work: Work): Promise<PackageList> {
  const { uri } = debianMirror(work.env);
  const key = [work.cache.dir, uri, suite, arch].join(' ');
  const known = lists.get(key) ?? fetchList(uri, suite, arch, work);
  lists.set(key, known);
  // The next caller tries again, perhaps with a signal that is not aborted.
  known.catch(() => lists.delete(key));
  return known;
}

async function fetchList(archive: string, suite: string, arch: Arch, work: Work): Promise<PackageList> {
  const client = new ArchiveClient(work);
  try {
    return await work.progress.task(`Read the package list of Debian ${suite}`, async () => {
      const release = await fetchRelease(client, archive, suite, work);
      const path = `main/binary-${arch}/Packages`;
      const [packed, plain] = [`${path}.xz`, path].map((name) => release.files.get(name));
      if (!packed || !plain) {
        throw new UnusableError({ archive }, `Debian ${suite} has no packages for ${arch}`);
      }
      const folder = await scratchOf(work.cache.dir).folder();
      const [file, archived] = [join(folder, 'Packages'), join(folder, 'Packages.xz')];
      const source = { archive, path: indexPath(release, suite, `${path}.xz`, packed), limit: packed.size };
      await retried(work.signal, () => writeVerified(archived, client.open(source), packed, archive));
      await writeVerified(file, xzDecompressed(createReadStream(archived)), plain, archive);
      await rm(archived);
      return { release, file };
    });
  } finally {
    client.close();
  }
}

/** Debian's largest Release file has 0.2 MB. */
const releaseLimit = 8 << 20;

async function fetchRelease(
  client: ArchiveClient,
  archive: string,
  suite: string,
  work: Work,
): Promise<Release> {
  const pieces = await retried(work.signal, () =>
    Array.fromAsync(client.open({ archive, path: `dists/${suite}/InRelease`, limit: releaseLimit })),
  ).catch((thrown: unknown) => {
    if (!(thrown instanceof MissingFileError)) throw thrown;
    throw new UnusableError({ archive }, `it has no suite "${suite}"`, { cause: thrown });
  });
  return readRelease(Buffer.concat(pieces).toString('utf8'), suite, work);
}

/** By hash where the archive offers it: it may be updated between two requests. */
function indexPath({ text }: Release, suite: string, path: string, { sha256 }: IndexFile): string {
  const byHash = /^Acquire-By-Hash: *yes$/im.test(text);
  return `dists/${suite}/${byHash ? path.replace(/[^/]*$/, `by-hash/SHA256/${sha256}`) : path}`;
}

/** The signed Release file states size and sha256 of the list, compressed and not. */
async function writeVerified(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
  { size, sha256 }: IndexFile,
  archive: string,
): Promise<void> {
  const hash = createHash('sha256');
  let count = 0;
  const file = await open(path, 'w');
  try {
    for await (const piece of pieces) {
      count += piece.length;
      if (count > size) break;
      hash.update(piece);
      await file.writeFile(piece);
    }
  } finally {
    await file.close();
  }
  if (count !== size || hash.digest('hex') !== sha256) {
    throw new UnusableError({ archive }, 'its package list does not match its Release file');
  }
}
