import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { readTar } from '../../lib/archive/tar.ts';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';
import { type Descriptor, type Digest, dockerTypes, mediaTypes } from '../../lib/oci/types.ts';
import { type Bound, GrowsTooLarge, ratioBound } from '../binary/compressed/bound.ts';
import { CannotDecompress, compressionOf, unpacked } from '../binary/compressed/compression.ts';
import type { BlobFacts } from '../cache/blobs.ts';
import type { Cache } from '../cache/cache.ts';
import { LayerCheck } from './layer-check.ts';

/** A layer from a registry or an archive. */
export interface ForeignLayer {
  /** For messages: `docker.io/library/redis:7`. */
  readonly image: string;
  readonly layer: Descriptor;
  /** Of the uncompressed layer, according to the image's configuration. */
  readonly diffId: Digest;
}

/**
 * Decompresses a layer of the cache into a blob of its own under its diff id: streamed, its entries checked,
 * and compared with the diff id. @param limit the most bytes it may have; without one, the compression ratio
 * is limited
 * @throws KitError for a layer that is damaged, not a tar, too large, or dangerous
 */
export function unpackLayer(cache: Cache, foreign: ForeignLayer, limit?: number): Promise<BlobFacts> {
  const { image, layer, diffId } = foreign;
  const name = `layer ${shortDigest(layer.digest)} of image "${image}"`;
  if (!layerTypes.has(layer.mediaType)) {
    throw new KitError(`Cannot use ${name}: it is of type "${layer.mediaType}"`, {
      hint: 'layers are tar archives, plain or compressed by gzip or zstd',
    });
  }
  return cache.scratch(async (scratch) => {
    const file = join(scratch, 'layer.tar');
    const written = await unpack(cache.blobPath(layer.digest), file, name, boundFor(layer.size, limit));
    if (written.digest !== diffId) {
      const expected = `and the image's configuration says "${diffId}"`;
      throw new KitError(`Cannot use ${name}: unpacked it is "${written.digest}", ${expected}`);
    }
    await cache.addFile(file, mediaTypes.layer, written);
    return written;
  });
}

const layerTypes: ReadonlySet<string> = new Set([
  ...[mediaTypes.layer, mediaTypes.layerGzip, mediaTypes.layerZstd],
  ...[dockerTypes.layer, dockerTypes.layerGzip, dockerTypes.layerZstd, dockerTypes.foreignLayer],
  // Layers that may not be redistributed (deprecated in image-spec 1.1).
  ...['', '+gzip', '+zstd'].map((end) => `application/vnd.oci.image.layer.nondistributable.v1.tar${end}`),
]);

const boundFor = (compressed: number, limit: number | undefined): Bound =>
  limit === undefined ? ratioBound(compressed) : { bytes: limit, why: `the limit of ${limit} bytes` };

async function unpack(blob: string, out: string, name: string, bound: Bound): Promise<BlobFacts> {
  const file = await open(out, 'w');
  const hash = createHash('sha256');
  let size = 0;
  const keep = async function* (pieces: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const piece of pieces) {
      size += piece.length;
      hash.update(piece);
      await file.writeFile(piece);
      yield piece;
    }
  };
  try {
    await checkEntries(keep(unpacked(blob, await compressionOf(blob), bound)), name, bound);
  } catch (thrown) {
    if (thrown instanceof GrowsTooLarge) throw bomb(name, thrown);
    if (!(thrown instanceof CannotDecompress)) throw thrown;
    throw new KitError(`Cannot unpack ${name}: ${reasonOf(thrown)}`, { cause: thrown });
  } finally {
    await file.close();
  }
  return { digest: `sha256:${hash.digest('hex')}`, size };
}

function bomb(name: string, cause: GrowsTooLarge): KitError {
  return new KitError(`Cannot unpack ${name}: ${cause.message}`, {
    cause,
    hint: 'if you trust it, --layer-limit SIZE (or KIT_LAYER_LIMIT) says how large layers may be: 20G',
  });
}

/** Reads to the end of the stream. Sparse files count as large as they are without it. */
export async function checkEntries(
  pieces: AsyncIterable<Buffer>,
  name: string,
  bound: Bound,
  title = name,
): Promise<void> {
  const layer = new LayerCheck(name);
  let sparse = 0;
  for await (const entry of readTar(pieces, title)) {
    layer.check(entry);
    if (entry.segments) sparse += entry.size;
    if (sparse > bound.bytes) throw new GrowsTooLarge(bound, `with the sparse file "${entry.path}" it`);
  }
}

/** `3f2a9c01b7d4`, as docker shows them. */
export const shortDigest = (digest: Digest): string => digest.slice('sha256:'.length).slice(0, 12);
