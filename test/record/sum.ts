import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { blockBytes, type FileRecord } from './types.ts';

/** A range of a file. */
export interface Span {
  readonly file: string;
  readonly at: number;
  readonly bytes: number;
}

const zeros = Buffer.alloc(blockBytes);

/** The checksums of a range of a file. @throws Error when the file is shorter. */
export async function sumsOf({ file, at, bytes }: Span): Promise<FileRecord> {
  const whole = createHash('sha256');
  const blocks: string[] = [];
  const block = Buffer.allocUnsafe(Math.min(bytes, blockBytes));
  await using opened = await open(file);
  for (let done = 0; done < bytes; ) {
    const part = block.subarray(0, Math.min(blockBytes, bytes - done));
    const { bytesRead } = await opened.read(part, 0, part.length, at + done);
    if (bytesRead < part.length) throw new Error(`"${file}" became shorter while it was read`);
    whole.update(part);
    if (bytes > blockBytes) blocks.push(part.equals(zeros.subarray(0, part.length)) ? '-' : shortSum(part));
    done += part.length;
  }
  return { bytes, sha256: whole.digest('hex'), blocks: blocks.join(' ') };
}

const shortSum = (part: Uint8Array): string => createHash('sha256').update(part).digest('hex').slice(0, 8);
