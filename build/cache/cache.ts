import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { type Descriptor, type Digest, mediaTypes } from '../../lib/oci/types.ts';
import { type BlobFacts, Blobs } from './blobs.ts';
import { type FileLock, tryLock, waitForLock, withLock } from './file-lock.ts';
import { Refs } from './refs.ts';
import { scratchOf } from './scratch.ts';

/**
 * kit's cache: an OCI image layout (oci/) and what is made of its images. All of it can be made again.
 * Nothing here is ever half-written under its final name, whenever a process is killed.
 */
export interface Cache {
  readonly dir: string;
  readonly refs: Refs;
  blobPath(digest: Digest): string;
  /** Whether the blob is there and undamaged: by size and times, by its digest when they look odd. */
  has(blob: BlobFacts): Promise<boolean>;
  /** The same for a blob whose size nobody knows: what it is, or undefined. */
  sizeOf(digest: Digest): Promise<number | undefined>;
  /** Moves a finished file from a scratch folder in. `known` is what its writer found out about it. */
  addFile(file: string, mediaType?: string, known?: BlobFacts): Promise<Descriptor>;
  addJson(value: unknown, mediaType: string): Promise<Descriptor>;
  addBytes(bytes: Uint8Array, mediaType: string): Promise<Descriptor>;
  /** The bytes of a manifest or configuration, compared with their digest. */
  read(blob: BlobFacts): Promise<Buffer>;
  /** Gives `work` an empty folder on the cache's file system, and removes it afterwards. */
  scratch<T>(work: (dir: string) => Promise<T>): Promise<T>;
  /** Runs `work` while no other process, and no other part of this one, holds the lock of this name. */
  locked<T>(name: string, work: () => Promise<T>, options?: LockWait): Promise<T>;
  /** Keeps `kit cache gc` out until the process ends; everything that relies on blobs being there calls it. */
  hold(): Promise<void>;
  /** Runs `work` alone: refuses when another kit uses the cache. */
  alone<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface LockWait {
  readonly signal?: AbortSignal;
  readonly onWait?: () => void;
}

/** Opens the cache in `dir`. Touches no file: folders and locks are made when they are first needed. */
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
    has: (blob) => blobs.whole(blob),
    sizeOf: (digest) => blobs.wholeBytes(digest),
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
    async alone(work) {
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

/** `oci-layout` says which version of image-layout.md the folder follows. */
function makeLayout(ociDir: string): void {
  const marker = join(ociDir, 'oci-layout');
  if (existsSync(marker)) return;
  mkdirSync(join(ociDir, 'blobs', 'sha256'), { recursive: true });
  writeFileSync(`${marker}.${process.pid}`, '{"imageLayoutVersion":"1.0.0"}');
  renameSync(`${marker}.${process.pid}`, marker);
}
