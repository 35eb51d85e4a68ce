import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import type { Digest } from '../../lib/oci/types.ts';
import { writeJson } from '../cache/write.ts';
import type { FoundSignature } from '../signing/claim.ts';
import type { Work } from '../work.ts';

type Stored = Omit<FoundSignature, 'bytes'> & { readonly bytes: string };

/**
 * The signatures of a manifest that were sufficient before, kept in the cache for builds without a network.
 * They are checked again at each use, so nothing depends on the file being unchanged; a damaged one is empty.
 */
export async function storedSignatures(digest: Digest, work: Work): Promise<FoundSignature[]> {
  try {
    const stored = JSON.parse(await readFile(fileOf(digest, work), 'utf8')) as Stored[];
    return stored.map((one) => ({ ...one, bytes: Buffer.from(one.bytes, 'base64') }) as FoundSignature);
  } catch {
    return [];
  }
}

export async function storeSignatures(
  digest: Digest,
  found: readonly FoundSignature[],
  work: Work,
): Promise<void> {
  const file = fileOf(digest, work);
  makeFolder(dirname(file));
  await writeJson(
    file,
    found.map((one) => ({ ...one, bytes: one.bytes.toString('base64') })),
  );
}

const fileOf = (digest: Digest, { cache }: Work): string =>
  join(cache.dir, 'signatures', `${digest.slice('sha256:'.length)}.json`);
