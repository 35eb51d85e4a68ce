import { basename } from 'node:path';
import { fileDigest } from '../pieces/file-digest.ts';

/** A file as in-toto names it. */
export interface ResourceDescriptor {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** A file with the digest of its bytes. */
export async function describeFile(path: string): Promise<ResourceDescriptor> {
  return { name: basename(path), digest: { sha256: await fileDigest(path) } };
}
