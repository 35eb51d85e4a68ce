import { realpath } from 'node:fs/promises';
import { codeOf } from '../../../lib/errors/errors.ts';
import type { FieldReader } from '../encoding.ts';
import type { SftpState } from './handles.ts';

/** Paths are bytes throughout, since Linux gives file names no encoding. */
const slash = 0x2f;

/** Relative paths start at the home folder; an empty one is the home folder itself. */
export function absolute(path: Buffer, home: string): Buffer {
  if (path[0] === slash) return path;
  return path.length === 0 ? Buffer.from(home) : join(Buffer.from(home), path);
}

/** Reads a request's next field as a path. */
export function path(fields: FieldReader, { home }: SftpState): Buffer {
  return absolute(fields.path(), home);
}

export function join(folder: Buffer, name: Buffer): Buffer {
  return Buffer.concat([folder, Buffer.from('/'), name]);
}

/**
 * The real path of a file; of one that does not exist, the real path of its folder plus its name, as OpenSSH
 * does.
 */
export async function resolvePath(path: Buffer): Promise<Buffer> {
  try {
    return await real(path);
  } catch (error) {
    const clean = withoutSlashes(path);
    const cut = clean.lastIndexOf(slash);
    const name = clean.subarray(cut + 1);
    if (codeOf(error) !== 'ENOENT' || cut < 0 || ['.', '..'].includes(name.toString('latin1'))) throw error;
    const folder = await real(cut === 0 ? Buffer.from('/') : clean.subarray(0, cut));
    return folder.length === 1 ? Buffer.concat([folder, name]) : join(folder, name);
  }
}

function withoutSlashes(path: Buffer): Buffer {
  let end = path.length;
  while (end > 1 && path[end - 1] === slash) end--;
  return path.subarray(0, end);
}

function real(path: Buffer): Promise<Buffer> {
  return realpath(path, { encoding: 'buffer' });
}
