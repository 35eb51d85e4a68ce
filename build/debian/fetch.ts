import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { KitError } from '../../lib/errors/errors.ts';
import { inScratch } from '../cache/scratch.ts';
import { forEachConcurrent } from '../host/concurrency.ts';
import { ProgramError, runProgram } from '../host/program.ts';
import type { Work } from '../work.ts';
import { mirrorError } from './apt.ts';
import { debianMirror } from './mirror.ts';
import type { LockedPackage } from './source.ts';

/** The mirror no longer has this version: Debian keeps only the newest one of a suite. */
export class GoneError extends KitError {
  readonly package: LockedPackage;

  constructor(gone: LockedPackage, uri: string) {
    super(`Cannot fetch ${gone.name} ${gone.version}: "${uri}" is not there`, {
      hint: 'without --locked, kit takes the newest version',
    });
    this.package = gone;
  }
}

/** Downloads at the same time. */
const parallelDownloads = 4;

const running = new Map<string, Promise<void>>();

/** The .deb files of the packages, in the same order. The host's apt-helper downloads missing ones. */
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
  const mirror = debianMirror(work.env).uri;
  const total = missing.reduce((sum, { size }) => sum + size, 0);
  const what = missing.length === 1 ? (missing[0]?.name ?? '') : `${missing.length} Debian packages`;
  await mkdir(join(work.cache.dir, 'debs'), { recursive: true });
  await work.progress.task(`Fetch ${what} (${megabytes(total)} MB)`, async (note) => {
    let done = 0;
    await forEachConcurrent(missing, parallelDownloads, async (locked) => {
      await downloadOnce(locked, mirror, work);
      done += locked.size;
      note(`${megabytes(done)} of ${megabytes(total)} MB`);
    });
  });
}

const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/**
 * Shares a download that is already running: packages built at the same time have many libraries in common.
 */
function downloadOnce(locked: LockedPackage, mirror: string, work: Work): Promise<void> {
  const target = debPath(locked, work);
  const own = running.get(target) ?? downloadDeb(locked, mirror, work).finally(() => running.delete(target));
  running.set(target, own);
  return own;
}

/** apt-helper verifies the hash itself, and leaves a file that fails under another name. */
async function downloadDeb(locked: LockedPackage, mirror: string, work: Work): Promise<void> {
  const path = locked.filename.split('/').map(encodeURIComponent).join('/');
  // For `file:` apt would make a symbolic link to the mirror's file.
  const uri = `${mirror.replace(/^file:/, 'copy:')}/${path}`;
  const settings = ['APT::Sandbox::User=root', 'Acquire::http::Timeout=20', 'Acquire::Retries=2'];
  const options = ['-qq', ...settings.flatMap((setting) => ['-o', setting])];
  await inScratch(work.cache.dir, async (folder) => {
    const file = join(folder, 'package.deb');
    const args = [...options, 'download-file', uri, file, `SHA256:${locked.sha256}`];
    await runProgram('/usr/lib/apt/apt-helper', args, { signal: work.signal }).catch((thrown) => {
      throw isGone(thrown) ? new GoneError(locked, uri) : mirrorError(mirror, thrown);
    });
    await flush(file);
    await rename(file, debPath(locked, work));
  });
}

function isGone(thrown: unknown): boolean {
  return thrown instanceof ProgramError && /\b404\b|File not found|Failed to stat/.test(thrown.stderr);
}

async function flush(path: string): Promise<void> {
  const file = await open(path);
  await file.sync().finally(() => file.close());
}
