import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { KitError } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { inScratch } from '../cache/scratch.ts';
import { forEachConcurrent } from '../host/concurrency.ts';
import type { Work } from '../work.ts';
import { debianMirror, findMirror, securityMirror, snapshotMirrors } from './archive/mirror.ts';
import { ArchiveClient, MissingFileError, retried, UnusableError } from './archive/remote-file.ts';
import type { LockedPackage } from './source.ts';

/** No archive has this version any more: Debian's mirrors keep only the newest one of a suite. */
export class GoneError extends KitError {
  readonly package: LockedPackage;

  constructor(gone: LockedPackage, causes: readonly unknown[]) {
    super(`Cannot fetch ${gone.name} ${gone.version}: the Debian mirror no longer has it`, {
      hint:
        'the setting debian.snapshot (KIT_DEBIAN_SNAPSHOT) names an archive of old versions; without --locked, ' +
        'kit takes the newest version',
      cause: causes[0],
    });
    this.package = gone;
  }
}

/** Downloads at the same time. */
const parallelDownloads = 4;

const running = new Map<string, Promise<void>>();

/**
 * The .deb files of the packages, in the same order. Missing ones are downloaded, from an archive of old
 * versions if the mirror lacks them, and checked by size and sha256.
 * @throws GoneError, KitError
 */
export async function fetchDebs(packages: readonly LockedPackage[], work: Work): Promise<string[]> {
  const missing = new Map<string, LockedPackage>();
  for (const locked of packages) if (!(await isCached(locked, work))) missing.set(locked.sha256, locked);
  if (missing.size > 0) await download([...missing.values()], work);
  return packages.map((locked) => debPath(locked, work));
}

const debPath = (locked: LockedPackage, work: Work): string =>
  join(work.cache.dir, 'debs', `${locked.sha256}.deb`);

async function isCached(locked: LockedPackage, work: Work): Promise<boolean> {
  const file = debPath(locked, work);
  const found = await stat(file).catch(() => undefined);
  // Detects damage on the disk. Hashing costs little compared with unpacking.
  return found?.size === locked.size && (await sha256(file)) === locked.sha256;
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

async function download(missing: readonly LockedPackage[], work: Work): Promise<void> {
  const archives = archivesFor(work);
  const total = missing.reduce((sum, { size }) => sum + size, 0);
  const what = missing.length === 1 ? (missing[0]?.name ?? '') : `${missing.length} Debian packages`;
  makeFolder(join(work.cache.dir, 'debs'));
  const client = new ArchiveClient(work);
  try {
    await work.progress.task(`Fetch ${what} (${megabytes(total)} MB)`, async (note) => {
      let done = 0;
      await forEachConcurrent(missing, parallelDownloads, async (locked) => {
        await downloadOnce(locked, { archives, client }, work);
        done += locked.size;
        note(`${megabytes(done)} of ${megabytes(total)} MB`);
      });
    });
  } finally {
    client.close();
  }
}

/** The addresses to try for a package, in this order. @throws KitError when there are none */
function archivesFor({ env }: Work): (locked: LockedPackage) => string[] {
  const snapshots = snapshotMirrors(env);
  // An archive of old versions has the files of every lock: with one, no mirror is needed.
  const main = snapshots.length > 0 ? findMirror(env) : debianMirror(env);
  // Without a security archive, the main mirror may have its files nevertheless.
  const security = securityMirror(env) ?? main;
  return ({ suite }) => {
    const mirror = suite === undefined ? main : security;
    return [...(mirror ? [mirror.uri] : []), ...snapshots];
  };
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

interface From {
  readonly archives: (locked: LockedPackage) => readonly string[];
  readonly client: ArchiveClient;
}

/**
 * Shares a download that is already running: packages built at the same time have many libraries in common.
 */
function downloadOnce(locked: LockedPackage, from: From, work: Work): Promise<void> {
  const target = debPath(locked, work);
  const own = running.get(target) ?? downloadDeb(locked, from, work).finally(() => running.delete(target));
  running.set(target, own);
  return own;
}

async function downloadDeb(locked: LockedPackage, { archives, client }: From, work: Work): Promise<void> {
  const failures: unknown[] = [];
  for (const archive of archives(locked)) {
    try {
      return await retried(work.signal, () => downloadFrom(archive, locked, client, work));
    } catch (thrown) {
      work.signal.throwIfAborted();
      if (!(thrown instanceof MissingFileError) && !(thrown instanceof UnusableError)) throw thrown;
      failures.push(thrown);
    }
  }
  // Only if every archive has answered is the version known to be gone.
  throw failures.find((one) => !(one instanceof MissingFileError)) ?? new GoneError(locked, failures);
}

async function downloadFrom(
  archive: string,
  { name, filename, size, sha256 }: LockedPackage,
  client: ArchiveClient,
  work: Work,
): Promise<void> {
  await inScratch(work.cache.dir, async (folder) => {
    const path = join(folder, 'package.deb');
    const found = await writeSynced(path, client.open({ archive, path: filename, limit: size }));
    if (found !== sha256) {
      const reason = `its file of ${name} has the sha256 "${found}", not the locked "${sha256}"`;
      throw new UnusableError({ archive }, reason);
    }
    await rename(path, join(work.cache.dir, 'debs', `${sha256}.deb`));
  });
}

/** Resolves to the sha256 of what was written. */
async function writeSynced(path: string, pieces: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  const file = await open(path, 'w');
  try {
    for await (const piece of pieces) {
      hash.update(piece);
      await file.writeFile(piece);
    }
    await file.sync();
    return hash.digest('hex');
  } finally {
    await file.close();
  }
}
