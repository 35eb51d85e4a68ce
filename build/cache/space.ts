import { statfs } from 'node:fs/promises';
import { codeOf } from '../../lib/errors/errors.ts';
import { noSpace } from '../../lib/errors/system.ts';

/**
 * The error for work that failed in `folder`: one about the full disk if it is full, else `thrown`. Programs
 * report a full disk in many ways, or crash, so the free space itself is read. @param shown path for the
 * message
 */
export async function diskFullError(thrown: unknown, folder: string, shown: string): Promise<unknown> {
  const isFull = codeOf(thrown) === 'ENOSPC' || (await freeBytes(folder)) < tooLittle;
  return isFull ? noSpace(shown, thrown) : thrown;
}

/** Bytes; any step of a build writes more at once. */
const tooLittle = 1 << 16;

async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize, blocks } = await statfs(folder);
    // Some network file systems report no blocks at all.
    return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
  } catch {
    // statfs(2) fails if the disk was removed: the original error is more useful then.
    return Number.POSITIVE_INFINITY;
  }
}
