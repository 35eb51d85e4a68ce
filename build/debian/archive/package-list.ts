import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { xzDecompressed } from '../../binary/xz/xz.ts';
import { scratchOf } from '../../cache/scratch.ts';
import type { Arch } from '../../host/arch.ts';
import type { Work } from '../../work.ts';
import type { DebianSource } from '../source.ts';
import { debianMirror, securityMirror } from './mirror.ts';
import { type IndexFile, type Release, readRelease } from './release.ts';
import { ArchiveClient, MissingFileError, retried, UnusableError } from './remote-file.ts';
import { type Suite, suitesOf } from './suites.ts';

/** The current packages of one component of a suite, for one architecture, or its source packages. */
export interface PackageList extends Suite {
  /** `main` */
  readonly component: string;
  readonly release: Release;
  /** The uncompressed Packages or Sources file, verified; removed when the process ends. */
  readonly file: string;
}

const lists = new Map<string, Promise<PackageList>>();

/**
 * The lists of a release, its updates and its security fixes (`suitesOf`). Each is fetched from its mirror
 * once in each process, and its signature is checked. One that cannot be had is an error: a mirror without it
 * would hold back security fixes. @throws KitError
 */
export async function packageLists(
  { suite, components }: Pick<DebianSource, 'suite' | 'components'>,
  arch: Arch | 'source',
  work: Work,
): Promise<PackageList[]> {
  const main = debianMirror(work.env).uri;
  const security = securityMirror(work.env)?.uri;
  const wanted = security === undefined ? suitesOf(suite).slice(0, 1) : suitesOf(suite);
  const found: PackageList[] = [];
  for (const suite of wanted) {
    const archive = suite.archive === 'security' ? (security ?? main) : main;
    for (const component of components)
      found.push(await listOf(archive, { ...suite, component }, arch, work));
  }
  return found;
}

type Part = Pick<PackageList, keyof Suite | 'component'>;

function listOf(archive: string, part: Part, arch: Arch | 'source', work: Work): Promise<PackageList> {
  const key = [work.cache.dir, archive, part.name, part.component, arch].join(' ');
  const known = lists.get(key) ?? fetchList(archive, part, arch, work);
  lists.set(key, known);
  // The next caller tries again, perhaps with a signal that is not aborted.
  known.catch(() => lists.delete(key));
  return known;
}

async function fetchList(
  archive: string,
  part: Part,
  arch: Arch | 'source',
  work: Work,
): Promise<PackageList> {
  const client = new ArchiveClient(work);
  const { name: suiteName, component } = part;
  const title = component === 'main' ? suiteName : `${suiteName} ${component}`;
  try {
    const what = arch === 'source' ? 'list of sources' : 'package list';
    return await work.progress.task(`Read the ${what} of Debian ${title}`, async () => {
      const release = await fetchRelease(client, archive, part, work);
      const path = `${component}/${arch === 'source' ? 'source/Sources' : `binary-${arch}/Packages`}`;
      const [packed, plain] = [`${path}.xz`, path].map((name) => release.files.get(name));
      if (!packed || !plain) {
        const lacks = arch === 'source' ? 'source packages' : `packages for ${arch}`;
        throw new UnusableError({ archive }, `Debian ${title} has no ${lacks}`);
      }
      const folder = await scratchOf(work.cache.dir).folder();
      const [file, archived] = [join(folder, 'Packages'), join(folder, 'Packages.xz')];
      const source = {
        archive,
        path: indexPath(release, suiteName, `${path}.xz`, packed),
        limit: packed.size,
      };
      await retried(work.signal, () => writeVerified(archived, client.open(source), packed, archive));
      await writeVerified(file, xzDecompressed(createReadStream(archived)), plain, archive);
      await rm(archived);
      return { ...part, release, file };
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
  { name, archive: kind }: Suite,
  work: Work,
): Promise<Release> {
  const pieces = await retried(work.signal, () =>
    Array.fromAsync(client.open({ archive, path: `dists/${name}/InRelease`, limit: releaseLimit })),
  ).catch((cause: unknown) => {
    if (cause instanceof MissingFileError) {
      throw new UnusableError({ archive }, `it has no suite "${name}"`, { cause, ...hints[kind] });
    }
    if (!(cause instanceof UnusableError) || kind === 'main') throw cause;
    throw new UnusableError({ archive }, cause.reason, { cause, ...hints[kind] });
  });
  return readRelease(Buffer.concat(pieces).toString('utf8'), name, work);
}

const hints = {
  main: {},
  security: {
    hint: '"kit config set debian.security" or KIT_DEBIAN_SECURITY names a mirror of the security archive',
  },
} as const;

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
