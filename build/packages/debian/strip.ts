import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { binutils } from '../../tools/binutils.ts';
import { runTool } from '../../tools/command.ts';
import type { Work } from '../../work.ts';
import type { SpooledFiles } from './spool.ts';

/** Strips ELF programs and libraries, and keeps the results that are smaller. */
export async function stripFiles(files: SpooledFiles, scratch: string, work: Work): Promise<void> {
  for (const [path, entry] of files) {
    const { content } = entry;
    if (entry.type !== 'file' || content === undefined) continue;
    const bytes = Buffer.isBuffer(content) ? content : await readFile(content.file);
    if (!isProgram(bytes)) continue;
    const stripped = await strippedBytes(bytes, scratch, work);
    if (stripped.length < bytes.length)
      files.set(path, { ...entry, size: stripped.length, content: stripped });
  }
}

async function strippedBytes(bytes: Buffer, scratch: string, work: Work): Promise<Buffer> {
  const [before, after] = [join(scratch, 'unstripped'), join(scratch, 'stripped')];
  await writeFile(before, bytes);
  const { tools, strip } = await binutils(work);
  await runTool(tools, strip, ['--strip-unneeded', '-o', after, before], { signal: work.signal });
  return readFile(after);
}

/** elf(5) e_type: ET_EXEC (2) or ET_DYN (3). Object files need their symbols. */
function isProgram(bytes: Buffer): boolean {
  const type = bytes.length > 18 && bytes.toString('latin1', 0, 4) === '\x7fELF' ? bytes.readUInt16LE(16) : 0;
  return type === 2 || type === 3;
}
