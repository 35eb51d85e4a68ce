import type { FileHandle } from 'node:fs/promises';

/**
 * What lies at an offset of a file that kit has built: the name of the entry, of a cpio archive ("070701", see
 * archive/cpio.ts) or a tar ("ustar" at 257 of its first header). Undefined for other formats.
 */
export async function partAt(file: FileHandle, offset: number): Promise<string | undefined> {
  const head = await bytesAt(file, 0, 512);
  if (head.toString('latin1', 0, 6) === '070701') return entryAt(file, offset, cpioEntry);
  if (head.toString('latin1', 257, 262) === 'ustar') return entryAt(file, offset, tarEntry);
  return undefined;
}

interface Entry {
  readonly name: string;
  /** Where the next one begins. */
  readonly end: number;
}

type ReadEntry = (file: FileHandle, at: number) => Promise<Entry | undefined>;

/** Every entry ends behind where it begins, so this comes to an end. */
async function entryAt(file: FileHandle, offset: number, read: ReadEntry): Promise<string | undefined> {
  for (let at = 0; at <= offset; ) {
    const entry = await read(file, at);
    if (!entry) return undefined;
    if (offset < entry.end) return entry.name;
    at = entry.end;
  }
  return undefined;
}

async function cpioEntry(file: FileHandle, at: number): Promise<Entry | undefined> {
  const head = await bytesAt(file, at, 110);
  if (head.toString('latin1', 0, 6) !== '070701') return undefined;
  const field = (from: number): number => Number.parseInt(head.toString('latin1', from, from + 8), 16);
  const [size, nameBytes] = [field(54), field(94)];
  const name = (await bytesAt(file, at + 110, Math.min(nameBytes, 4096))).toString().replace(/\0.*$/s, '');
  const start = upTo(4, at + 110 + nameBytes);
  return Number.isFinite(size) ? { name, end: upTo(4, start + size) } : undefined;
}

async function tarEntry(file: FileHandle, at: number): Promise<Entry | undefined> {
  const head = await bytesAt(file, at, 512);
  if (head.toString('latin1', 257, 262) !== 'ustar') return undefined;
  const text = (from: number, to: number): string => head.toString('utf8', from, to).replace(/\0.*$/s, '');
  const size = Number.parseInt(text(124, 136), 8);
  const [name, prefix] = [text(0, 100), text(345, 500)];
  return Number.isFinite(size)
    ? { name: prefix === '' ? name : `${prefix}/${name}`, end: at + 512 + upTo(512, size) }
    : undefined;
}

const upTo = (multiple: number, value: number): number => Math.ceil(value / multiple) * multiple;

async function bytesAt(file: FileHandle, at: number, count: number): Promise<Buffer> {
  const buffer = Buffer.alloc(count);
  const { bytesRead } = await file.read(buffer, 0, count, at);
  return buffer.subarray(0, bytesRead);
}
