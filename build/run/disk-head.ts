import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inScratch } from '../cache/scratch.ts';
import type { DiskFormat } from '../machine/boot-media.ts';
import { runTool } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';
import { qemuFormat } from './disks.ts';
import { diskHeadBytes } from './partition-table.ts';

/** The first bytes of the disk in an image of that format, as the guest sees them. */
export async function readDiskHead(path: string, format: DiskFormat, work: Work): Promise<Buffer> {
  const tools = await toolsTree(work);
  return inScratch(work.cacheDir, async (folder) => {
    const head = join(folder, 'head');
    const files = [`bs=${diskHeadBytes}`, 'count=1', `if=${path}`, `of=${head}`];
    await runTool(tools, 'qemu-img', ['dd', '-f', qemuFormat(format), '-O', 'raw', ...files], work);
    return readFile(head);
  });
}
