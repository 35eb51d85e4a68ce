import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import { type Descriptor, type Digest, mediaTypes } from '../../lib/oci/types.ts';
import { type BlobFacts, Blobs } from './blobs.ts';
import { type FileLock, tryLock, waitForLock, withLock } from './file-lock.ts';
import { Refs } from './refs.ts';
import { scratchOf } from './scratch.ts';

/**
 * kit's cache: an OCI image layout (oci/) and files made from its images, all of which can be made again.
 * Files get their final names only once complete, so a killed process leaves no partial file under one.
 */
export interface Cache {
  readonly dir: string;
  readonly refs: Refs;
  blobPath(digest: Digest): string;
  /** Whether the blob is there and undamaged: by its size and mtime, else by its digest. */
  has(blob: BlobFacts): Promise<boolean>;
  /** Bytes of a blob whose size is not known; undefined when it is missing or damaged. */
  sizeOf(digest: Digest): Promise<number | undefined>;
  /** Moves a finished file out of a scratch folder into the cache. `known` saves reading it again. */
  addFile(file: string, mediaType?: string, known?: BlobFacts): Promise<Descriptor>;
  addJson(value: unknown, mediaType: string): Promise<Descriptor>;
  addBytes(bytes: Uint8Array, mediaType: string): Promise<Descriptor>;
  /** The bytes of a manifest or configuration, verified against their digest. */
  read(blob: BlobFacts): Promise<Buffer>;
  /** Gives `work` an empty folder on the cache's file system, removed afterwards. Calls `hold`. */
  scratch<T>(work: (dir: string) => Promise<T>): Promise<T>;
  /** Runs `work` under the lock of this name, which excludes other processes and other parts of this one. */
  locked<T>(name: string, work: () => Promise<T>, options?: LockWait): Promise<T>;
  /** Blocks `kit cache gc` until `close`. Must be called before relying on blobs to stay in the cache. */
  hold(): Promise<void>;
  /** Runs `work` while nothing else uses the cache. @throws KitError while another kit does */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
  /** Removes the scratch folder and releases the locks. The cache may be used again afterwards. */
  close(): Promise<void>;
}

export interface LockWait {
  readonly signal?: AbortSignal;
  readonly onWait?: () => void;
}

/** Opens the cache in `dir`. Folders and locks are made only when they are first needed. */
export function openCache(dir: string): Cache {
  const ociDir = join(dir, 'oci');
  const lockPath = (name: string): string => join(dir, 'locks', name);
  const blobs = new Blobs(ociDir);
  const scratch = scratchOf(dir);
  let holding: Promise<FileLock> | undefined;
  const hold = async (): Promise<void> => {
    holding ??= waitForLock(lockPath('in-use'), 'shared').then((lock) => {
      makeLayout(ociDir);
      return lock;
    });
    await holding;
  };
  return {
    dir,
    refs: new Refs(ociDir, lockPath('index')),
    blobPath: (digest) => blobs.path(digest),
    has: (blob) => blobs.isComplete(blob),
    sizeOf: (digest) => blobs.sizeOf(digest),
    async addFile(file, mediaType = mediaTypes.layer, known = undefined) {
      await hold();
      return { mediaType, ...(await blobs.addFile(file, known)) };
    },
    addJson: (value, mediaType) => addBytes(Buffer.from(JSON.stringify(value)), mediaType),
    addBytes,
    read: (blob) => blobs.read(blob),
    async scratch(work) {
      await hold();
      return scratch.use(work);
    },
    locked: (name, work, options = {}) => withLock(lockPath(name), options, work),
    hold,
    async exclusively(work) {
      await release();
      const lock = tryLock(lockPath('in-use'), 'exclusive');
      if (!lock) {
        throw new KitError(`Cannot clean the cache "${dir}": another kit is using it`, {
          hint: 'wait until its build has ended',
        });
      }
      try {
        return await work();
      } finally {
        lock.release();
      }
    },
    async close() {
      await scratch.close();
      await release();
    },
  };

  async function addBytes(bytes: Uint8Array, mediaType: string): Promise<Descriptor> {
    await hold();
    return { mediaType, ...(await blobs.addBytes(bytes)) };
  }

  async function release(): Promise<void> {
    (await holding)?.release();
    holding = undefined;
  }
}

/** Writes `oci-layout`, which names the version of image-layout.md that the folder follows. */
function makeLayout(ociDir: string): void {
  const marker = join(ociDir, 'oci-layout');
  if (existsSync(marker)) return;
  makeFolder(join(ociDir, 'blobs', 'sha256'), 0o755);
  writeFileSync(`${marker}.${process.pid}`, '{"imageLayoutVersion":"1.0.0"}');
  renameSync(`${marker}.${process.pid}`, marker);
}
