import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** A file as in-toto names it. */
export interface ResourceDescriptor {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** A file with the digest of its bytes. */
export async function describeFile(path: string): Promise<ResourceDescriptor> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return { name: basename(path), digest: { sha256: hash.digest('hex') } };
}
