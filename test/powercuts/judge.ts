import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { attachLoop } from '../../lib/linux/mount/loop.ts';
import { unmount } from '../../lib/linux/mount/mount.ts';
import { isMounted } from '../../lib/linux/mount/mountinfo.ts';
import type { WrittenFile } from './boot-and-write.ts';
import type { Outcome, Subject } from './subject.ts';

/** What has to be true of a disk. */
export interface Expected {
  /** It was formatted: it may not be made anew any more. */
  readonly formatted: boolean;
  readonly files: readonly WrittenFile[];
}

/**
 * What the boot after a power cut or a fault makes of a disk.
 * @throws what was lost, or went wrong
 */
export async function judge(
  file: string,
  subject: Subject,
  { formatted, files }: Expected,
  { run, folder }: { readonly run: RunProgram; readonly folder: string },
): Promise<Outcome> {
  const target = join(folder, 'after');
  const loop = attachLoop(file, { writable: true, partitions: true, sectorBytes: 512 });
  try {
    await run('partx', ['--update', loop.device]);
    const outcome = await subject.boot(loop.device, target, run);
    if (formatted && outcome !== 'has its data') throw new Error(`the disk was formatted, and ${outcome}`);
    if (outcome === 'is named') return outcome;
    for (const { name, text } of files)
      if (readFileSync(join(target, name), 'utf8') !== text) throw new Error(`${name} has other content`);
    unmount(target);
    if (subject.type === 'ext4') await checkWhole(subject.fileSystem(loop.device, target), run);
    return outcome;
  } finally {
    if (isMounted(target)) unmount(target);
    await subject.end();
    loop.close();
  }
}

async function checkWhole(device: string, run: RunProgram): Promise<void> {
  const { status, stdout } = await run('e2fsck', ['-f', '-n', device]);
  if (status !== 0) throw new Error(`e2fsck: ${stdout}`);
}
