import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import { mkdir, readFile, rename, rm, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import type { Descriptor, Digest } from '../../lib/oci/types.ts';
import { seal } from './seal.ts';
import { writeWhole } from './write.ts';

/** What a blob should be. */
export type BlobFacts = Pick<Descriptor, 'digest' | 'size'>;

/**
 * The content-addressed files of an OCI layout. Finished blobs are sealed: a look at size and mtime tells a whole one
 * from a damaged one without reading it.
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

  /** There, and of the right size; read and compared with its digest only when somebody has touched it. */
  async whole({ digest, size }: BlobFacts): Promise<boolean> {
    return (await this.wholeBytes(digest)) === size;
  }

  /** The length of the blob, of which nobody noted it; undefined when it is not there or damaged. */
  async wholeBytes(digest: Digest): Promise<number | undefined> {
    const path = this.path(digest);
    const found = statSync(path, { throwIfNoEntry: false });
    if (!found?.isFile()) return undefined;
    if (found.mtimeMs === 0) return found.size;
    if ((await digestOf(path)).digest !== digest) return undefined;
    // A copy of the cache that lost its times, or a user who ran touch: good until the next change.
    await utimes(path, 0, 0);
    return found.size;
  }

  /** Moves a finished file of this file system in. `known` spares reading it when its writer hashed it. */
  async addFile(file: string, known?: BlobFacts): Promise<BlobFacts> {
    const facts = known ?? (await digestOf(file));
    await seal(file);
    const path = this.path(facts.digest);
    await mkdir(dirname(path), { recursive: true });
    // Over an older one, too: that one may be damaged.
    await rename(file, path);
    return facts;
  }

  async addBytes(bytes: Uint8Array): Promise<BlobFacts> {
    const facts = { digest: digestOfBytes(bytes), size: bytes.length };
    if (await this.whole(facts)) return facts;
    const path = this.path(facts.digest);
    await mkdir(dirname(path), { recursive: true });
    await writeWhole(path, bytes);
    await seal(path);
    return facts;
  }

  /** The bytes of a small blob, compared with its digest. */
  async read({ digest, size }: BlobFacts): Promise<Buffer> {
    if (size > smallBlob)
      throw new KitError(`Cannot read blob "${digest}": ${size} bytes are more than ${smallBlob}`);
    const bytes = await readFile(this.path(digest)).catch((thrown: unknown) => {
      if (codeOf(thrown) !== 'ENOENT') throw thrown;
      throw new KitError(`Cannot read blob "${digest}": it is not in the cache`, { cause: thrown });
    });
    if (digestOfBytes(bytes) === digest) return bytes;
    throw new KitError(`Cannot read blob "${digest}": its bytes are not what the digest says`);
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
