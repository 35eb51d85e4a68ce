import { statfs } from 'node:fs/promises';
import { codeOf } from '../../lib/errors/errors.ts';
import { noSpace } from '../../lib/errors/system.ts';

/**
 * Why work in `folder` failed: the full disk where that is the reason, else what was thrown. Programs tell of a full
 * disk in many ways, and some do not survive it, so the disk itself is asked. @param shown what the message names
 */
export async function whySpace(thrown: unknown, folder: string, shown: string): Promise<unknown> {
  const isFull = codeOf(thrown) === 'ENOSPC' || (await freeBytes(folder)) < tooLittle;
  return isFull ? noSpace(shown, thrown) : thrown;
}

/** Less than any step of a build writes at once. */
const tooLittle = 1 << 16;

async function freeBytes(folder: string): Promise<number> {
  try {
    const { bavail, bsize, blocks } = await statfs(folder);
    // Some file systems of the network count nothing.
    return blocks === 0 ? Number.POSITIVE_INFINITY : bavail * bsize;
  } catch {
    // Gone, with the disk that it was on: the failure we have says more.
    return Number.POSITIVE_INFINITY;
  }
}
