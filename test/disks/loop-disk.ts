import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { lastLine } from '../../lib/disks/run-program.ts';

export interface LoopDisk extends AsyncDisposable {
  readonly path: string;
  readonly file: string;
  grow(bytes: number): Promise<void>;
}

/** A disk that is a sparse file of the host, with partitions that the kernel shows. */
export async function loopDisk(
  folder: string,
  name: string,
  bytes: number,
  run: RunProgram,
): Promise<LoopDisk> {
  const file = join(folder, name);
  await writeFile(file, '');
  await truncate(file, bytes);
  const { stdout, stderr } = await run('losetup', ['--find', '--show', '--partscan', file]);
  const path = lastLine(stdout);
  if (!path.startsWith('/dev/loop')) throw new Error(`losetup: ${stderr}`);
  return {
    ...{ path, file },
    grow: async (larger) => {
      await truncate(file, larger);
      await run('losetup', ['--set-capacity', path]);
    },
    [Symbol.asyncDispose]: async () => void (await run('losetup', ['--detach', path])),
  };
}
