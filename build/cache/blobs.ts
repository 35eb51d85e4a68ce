import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import type { Descriptor, Digest } from '../../lib/oci/types.ts';
import { hasSeal, seal } from './seal.ts';
import { writeWhole } from './write.ts';

/** The digest and size that a blob should have. */
export type BlobFacts = Pick<Descriptor, 'digest' | 'size'>;

/**
 * The content-addressed files of an OCI layout. Finished blobs are sealed (seal.ts), so that damage shows in
 * size or mtime, without reading the file.
 */
export class Blobs {
  readonly #root: string;

  constructor(ociDir: string) {
    this.#root = join(ociDir, 'blobs', 'sha256');
  }

  get dir(): string {
    return this.#root;
  }

  path(digest: Digest): string {
    return join(this.#root, digest.slice('sha256:'.length));
  }

  /** Whether the blob is there and complete. Its content is hashed only if the file is not sealed. */
  async isComplete({ digest, size }: BlobFacts): Promise<boolean> {
    return (await this.sizeOf(digest)) === size;
  }

  /** The size of the blob; undefined when it is missing or damaged. */
  async sizeOf(digest: Digest): Promise<number | undefined> {
    const path = this.path(digest);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile()) return undefined;
    if (hasSeal(found)) return found.size;
    if ((await digestOf(path)).digest !== digest) return undefined;
    // Undamaged after all: the cache was copied without timestamps, or the file was touched. That of another
    // user stays without a seal: it is hashed whenever it is used.
    await seal(path).catch(() => {});
    return found.size;
  }

  /** Moves in a finished file of the same file system. `known`: its hash, if its writer has computed it. */
  async addFile(file: string, known?: BlobFacts): Promise<BlobFacts> {
    const facts = known ?? (await digestOf(file));
    await seal(file);
    const path = this.path(facts.digest);
    makeFolder(dirname(path));
    // Replaces an existing blob, which may be damaged.
    await rename(file, path);
    return facts;
  }

  async addBytes(bytes: Uint8Array): Promise<BlobFacts> {
    const facts = { digest: digestOfBytes(bytes), size: bytes.length };
    if (await this.isComplete(facts)) return facts;
    const path = this.path(facts.digest);
    makeFolder(dirname(path));
    await writeWhole(path, bytes);
    await seal(path);
    return facts;
  }

  /** The bytes of a small blob, verified against its digest. */
  async read({ digest, size }: BlobFacts): Promise<Buffer> {
    if (size > smallBlob)
      throw new KitError(`Cannot read blob "${digest}": ${size} bytes are more than ${smallBlob}`);
    const bytes = await readFile(this.path(digest)).catch((thrown: unknown) => {
      if (codeOf(thrown) !== 'ENOENT') throw thrown;
      throw new KitError(`Cannot read blob "${digest}": it is not in the cache`, { cause: thrown });
    });
    if (digestOfBytes(bytes) === digest) return bytes;
    throw new KitError(`Cannot read blob "${digest}": its bytes have another digest`);
  }

  async remove(digest: Digest): Promise<void> {
    await rm(this.path(digest), { force: true });
  }
}

const smallBlob = 16 << 20;

/** sha256 and length of a file. */
export async function digestOf(file: string): Promise<BlobFacts> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const piece of createReadStream(file, { highWaterMark: 1 << 20 })) {
    hash.update(piece);
    size += piece.length;
  }
  return { digest: `sha256:${hash.digest('hex')}`, size };
}

export function digestOfBytes(bytes: Uint8Array | string): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
