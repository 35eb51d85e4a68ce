import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RandomAccess } from '../../lib/volumes/random-access.ts';
import { inScratch } from '../cache/scratch.ts';
import { runTool } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';
import { type DiskFileFormat, qemuFormat } from './disk-format.ts';

/** Each block read starts a process: only a few blocks are needed, and partition tables share one. */
const blockBytes = 64 << 10;

/** The disk inside an image file of that format, by the guest's offsets. */
export function diskContents(path: string, format: DiskFileFormat, work: Work): RandomAccess {
  const blocks = new Map<number, Promise<Buffer>>();
  const block = (index: number): Promise<Buffer> => {
    const known = blocks.get(index) ?? readBlock(path, format, index, work);
    blocks.set(index, known);
    return known;
  };
  return {
    async read(at, count) {
      const first = Math.floor(at / blockBytes);
      const last = Math.floor((at + Math.max(count, 1) - 1) / blockBytes);
      const parts: Buffer[] = [];
      for (let index = first; index <= last; index += 1) parts.push(await block(index));
      const offset = at - first * blockBytes;
      return Buffer.concat(parts).subarray(offset, offset + count);
    },
  };
}

/** Returns an empty buffer past the end of the disk. */
async function readBlock(path: string, format: DiskFileFormat, index: number, work: Work): Promise<Buffer> {
  const tools = await toolsTree(work);
  return inScratch(work.cache.dir, async (folder) => {
    const out = join(folder, 'block');
    // Unlike dd(1), `qemu-img dd` counts from the start of the input, skipped blocks included.
    const range = [`bs=${blockBytes}`, `skip=${index}`, `count=${index + 1}`];
    const files = [...range, `if=${path}`, `of=${out}`];
    await runTool(tools, 'qemu-img', ['dd', '-f', qemuFormat(format), '-O', 'raw', ...files], work);
    return (await readFile(out)).subarray(0, blockBytes);
  });
}
