import { createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { runTool } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';

/**
 * An EROFS image of the files of a tar, made by mkfs.erofs with these options. The folder of `path` is one
 * for scratch files. When it fails, it leaves its files there: without them, a disk that was full would no
 * longer look so.
 */
export async function makeErofs(
  tar: AsyncIterable<Uint8Array>,
  options: readonly string[],
  path: string,
  work: Work,
): Promise<void> {
  const { signal } = work;
  // By a file: at the end of a pipe that was cut off, as when kit is killed, mkfs.erofs waits for ever.
  const source = `${path}.tar`;
  await pipeline(tar, createWriteStream(source), { signal });
  await runTool(await toolsTree(work), 'mkfs.erofs', ['--quiet', '--tar=f', ...options, path, source], {
    signal,
    // It keeps files there until it knows their positions, and /tmp may be a tmpfs.
    env: { TMPDIR: dirname(path) },
  });
  await rm(source);
}
