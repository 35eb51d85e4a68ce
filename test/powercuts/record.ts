import { copyFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tools } from '../../build/tools/tree.ts';
import type { RunProgram } from '../../lib/disks/run-program.ts';
import { bootAndWrite, someFiles, type WrittenFile } from './boot-and-write.ts';
import { exportDisk } from './exported-disk.ts';
import type { Subject } from './subject.ts';
import { loggedCount } from './write-log.ts';

/** A disk that was prepared, mounted and written to, with all that it was told. */
export interface Recording {
  readonly log: string;
  readonly bytes: number;
  /** What was on the disk before; undefined: nothing. */
  readonly before: string | undefined;
  /** From this request on a file is safe, since fsync(2) had returned. */
  readonly safe: readonly (WrittenFile & { readonly from: number })[];
  /** From this request on the disk is formatted. */
  readonly formattedFrom: number;
}

/**
 * Records one boot of a disk behind QEMU's blklogwrites; of a disk that has become larger, its second boot.
 * @param run Debian's programs for disks @param tools kit's tools tree
 */
export async function record(
  folder: string,
  subject: Subject,
  { run, tools }: { readonly run: RunProgram; readonly tools: Tools },
): Promise<Recording> {
  const earlier = await firstLife(folder, subject, run);
  const bytes = (subject.grownMib ?? subject.mib) * 2 ** 20;
  const safe = earlier.files.map((file) => ({ ...file, from: 0 }));
  let formattedFrom = 0;
  await using disk = await exportDisk(folder, bytes, { kind: 'logs' }, tools);
  await bootAndWrite(
    disk.shown,
    subject,
    { folder, run, files: someFiles(2, 12) },
    {
      mounted: (outcome) => {
        const wanted = earlier.disk ? 'has its data' : 'starts anew';
        if (outcome !== wanted) throw new Error(`the disk ${outcome}`);
        if (outcome === 'starts anew') formattedFrom = loggedCount(disk.log);
      },
      safe: (file) => void safe.push({ ...file, from: loggedCount(disk.log) }),
    },
  );
  return { log: disk.log, bytes, before: earlier.disk, safe, formattedFrom };
}

/** What a disk that grows had before: its first boot, undisturbed. @returns a copy of the disk */
export async function firstLife(
  folder: string,
  subject: Subject,
  run: RunProgram,
): Promise<{ readonly disk: string | undefined; readonly files: readonly WrittenFile[] }> {
  if (subject.grownMib === undefined) return { disk: undefined, files: [] };
  const [disk, copy] = [join(folder, 'disk'), join(folder, 'before')];
  writeFileSync(disk, '');
  truncateSync(disk, subject.mib * 2 ** 20);
  const files = someFiles(1, 4);
  await bootAndWrite(disk, subject, { folder, run, files }, {});
  copyFileSync(disk, copy);
  return { disk: copy, files };
}
