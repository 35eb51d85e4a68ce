import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Not checked: locks are empty, tools are shared by all caches, compiled code is managed by Node. */
const ignored = new Set(['locks', 'tools', 'compile']);

/** Paths of all files of a cache. */
export function filesOf(cache: string): string[] {
  const folders = readdirSync(cache).filter((name) => !ignored.has(name));
  return folders.flatMap((folder) =>
    readdirSync(join(cache, folder), { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => statSync(join(cache, path)).isFile()),
  );
}

/** Incomplete files in a cache under the names of complete ones. */
export function faults(cache: string): string[] {
  return filesOf(cache)
    .filter((path) => !isUnfinished(path))
    .flatMap((path) => {
      const why = wrong(path, readFileSync(join(cache, path)));
      return why === '' ? [] : [`${path}: ${why}`];
    });
}

/** Temporary files, which a process that was not killed removes. */
export function leftovers(cache: string): string[] {
  return filesOf(cache).filter(isUnfinished);
}

const isUnfinished = (path: string): boolean =>
  path.endsWith('.part') || (path.startsWith('scratch/') && path !== 'scratch/door');

/** Files whose contents differ from those in `whole`. Files for images are the same in every cache. */
export function differences(cache: string, whole: string): string[] {
  const same = /^(?:oci\/blobs|layers|derived)\//;
  return filesOf(cache)
    .filter((path) => same.test(path) && !isUnfinished(path) && existsSync(join(whole, path)))
    .filter((path) => !readFileSync(join(cache, path)).equals(readFileSync(join(whole, path))));
}

function wrong(path: string, bytes: Buffer): string {
  const digest = /^oci\/blobs\/sha256\/(.*)$/.exec(path)?.[1];
  if (digest !== undefined) return sha256(bytes) === digest ? '' : 'does not match the digest in its name';
  if (path.endsWith('.json')) return isJson(bytes) ? '' : 'not JSON';
  if (path.endsWith('.erofs'))
    return erofsBytes(bytes) === bytes.length ? '' : 'does not have the length in its superblock';
  return '';
}

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(bytes.toString());
    return true;
  } catch {
    return false;
  }
}

/** struct erofs_super_block at 1024 (fs/erofs/erofs_fs.h): `blkszbits` at 12, `blocks` at 36. */
function erofsBytes(bytes: Buffer): number {
  return bytes.length < 1024 + 128 ? -1 : bytes.readUInt32LE(1024 + 36) * 2 ** bytes.readUInt8(1024 + 12);
}
