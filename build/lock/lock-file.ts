import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import { type JsonItem, parseJson } from '../../lib/oci/json.ts';
import { digest } from '../../lib/oci/read.ts';
import type { Digest } from '../../lib/oci/types.ts';
import { writeWhole } from '../cache/write.ts';
import type { Arch } from '../host/arch.ts';

/**
 * kit.lock: the digests of the images that the manifests of one folder name. Kept in git beside them.
 *
 *   {"version": 1, "images": {"pkg/sshd": {"amd64": "sha256:…"}, "redis:7": "sha256:…"}}
 *
 * A foreign image has one digest for all architectures, that of the registry's manifest or index; a package
 * has the digest of its image for each architecture.
 */
export type ImageLock = ReadonlyMap<string, LockedImage>;

export type LockedImage = Digest | { readonly [arch in Arch]?: Digest };

export const lockFileName = 'kit.lock';

export const lockFile = (folder: string): string => join(folder, lockFileName);

/** The lock in a folder; undefined when there is none. @throws KitError for a damaged one */
export async function readImageLock(folder: string): Promise<ImageLock | undefined> {
  const file = lockFile(folder);
  const bytes = await readFile(file).catch((thrown: unknown) => {
    if (codeOf(thrown) === 'ENOENT') return undefined;
    throw thrown;
  });
  return bytes && parseImageLock(bytes, file);
}

/** Bytes; enough for thousands of images. */
const sizeLimit = 1 << 20;

export function parseImageLock(bytes: Uint8Array, file: string): ImageLock {
  try {
    const root = parseJson(bytes, file, sizeLimit);
    const version = root.field('version');
    if (version.number() !== 1) throw version.wrong('1: a newer kit wrote it');
    return new Map(
      Object.entries(root.field('images').fields()).map(([name, one]) => [name, lockedImage(one)]),
    );
  } catch (thrown) {
    if (!(thrown instanceof KitError)) throw thrown;
    throw new KitError(thrown.message, { cause: thrown, hint: 'delete it; kit lock then writes a new one' });
  }
}

function lockedImage(one: JsonItem): LockedImage {
  if (one.isText()) return digest(one);
  const [amd64, arm64] = [one.optional('amd64', digest), one.optional('arm64', digest)];
  return { ...(amd64 && { amd64 }), ...(arm64 && { arm64 }) };
}

/** Writes the lock sorted, one image on each line: the same images give the same bytes. */
export async function writeImageLock(folder: string, lock: ImageLock): Promise<void> {
  const names = [...lock.keys()].sort();
  const lines = names.map((name) => `    ${JSON.stringify(name)}: ${JSON.stringify(lock.get(name))}`);
  await writeWhole(lockFile(folder), `{\n  "version": 1,\n  "images": {\n${lines.join(',\n')}\n  }\n}\n`);
}
