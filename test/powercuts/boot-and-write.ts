import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { ioctlNumber } from '../../lib/linux/io/ioctl.ts';
import { attachLoop } from '../../lib/linux/mount/loop.ts';
import { unmount } from '../../lib/linux/mount/mount.ts';
import { isMounted } from '../../lib/linux/mount/mountinfo.ts';
import type { Outcome, Subject } from './subject.ts';

export interface WrittenFile {
  readonly name: string;
  readonly text: string;
}

/** What happens while a disk is used. */
export interface Watcher {
  /** It is prepared and mounted. */
  mounted?(outcome: Outcome): void;
  /** fsync(2) of this file and its folder has returned. */
  safe?(file: WrittenFile): void;
}

/**
 * One boot: a disk is prepared by its subject, files are written to it, each with fsync(2), and it is
 * unmounted.
 * @param file the disk @param folder for mounts @throws what fails
 */
export async function bootAndWrite(
  file: string,
  subject: Subject,
  { folder, run, files }: { folder: string; run: RunProgram; files: readonly WrittenFile[] },
  watcher: Watcher,
): Promise<void> {
  const target = join(folder, 'mounted');
  const loop = attachLoop(file, { writable: true, partitions: true, sectorBytes: 512 });
  try {
    directly(loop.device);
    await run('partx', ['--update', loop.device]);
    const outcome = await subject.boot(loop.device, target, run);
    if (outcome === 'is named') throw new Error('the disk is not mounted');
    watcher.mounted?.(outcome);
    for (const one of files) {
      write(target, one);
      watcher.safe?.(one);
    }
  } finally {
    if (isMounted(target)) unmount(target);
    await subject.end();
    loop.close();
  }
}

/** include/uapi/linux/loop.h */
const LOOP_SET_DIRECT_IO = 0x4c08;

/**
 * Makes each request of a loop device one of its file. Otherwise it goes by pages, and one that fails in the
 * middle is taken for a success (`lo_complete_rq` of drivers/block/loop.c looks for errors, not for bytes).
 */
function directly(device: string): void {
  const fd = openSync(device, 'r+');
  try {
    ioctlNumber('LOOP_SET_DIRECT_IO', fd, LOOP_SET_DIRECT_IO, 1);
  } finally {
    closeSync(fd);
  }
}

/** Files of different sizes. @param life which boot writes them, from 1 */
export const someFiles = (life: number, count: number): WrittenFile[] =>
  Array.from({ length: count }, (_, number) => ({
    name: `file-${life}-${number}`,
    text: `content of ${number}, `.repeat(1 + number * 37),
  }));

function write(folder: string, { name, text }: WrittenFile): void {
  const fd = openSync(join(folder, name), 'w');
  try {
    writeSync(fd, text);
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
  syncFolder(folder);
}

function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
