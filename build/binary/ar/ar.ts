import { type FileHandle, open } from 'node:fs/promises';
import { KitError } from '../../../lib/errors/errors.ts';

/** A file in an ar(5) archive. */
export interface ArMember {
  /** Without the slash that GNU ar adds. */
  readonly name: string;
  /** Of its content, in bytes from the start of the archive. */
  readonly offset: number;
  readonly size: number;
}

const magic = '!<arch>\n';
const headerSize = 60;
/** The fields of a header: offset and length in bytes. */
const fields = { name: [0, 16], size: [48, 10], end: [58, 2] } as const;
const headerEnd = '`\n';

/**
 * The members of an ar archive in the common format: without GNU's and BSD's long names, which no .deb has.
 * Reads the headers only.
 * @param most members that are accepted
 * @throws KitError for a file that is not an archive, or is cut off
 */
export async function readAr(path: string, most: number): Promise<ArMember[]> {
  const file = await open(path);
  try {
    return await members(file, most);
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw new KitError(`Cannot read archive "${path}": ${thrown.message}`, { cause: thrown });
  } finally {
    await file.close();
  }
}

async function members(file: FileHandle, most: number): Promise<ArMember[]> {
  const { size: total } = await file.stat();
  const found: ArMember[] = [];
  const start = await bytesAt(file, 0, magic.length);
  if (start !== magic) throw new RangeError('it is not an ar archive');
  for (let at = magic.length; at < total; ) {
    if (found.length === most) throw new RangeError(`it has more than ${most} members`);
    const member = memberOf(await bytesAt(file, at, headerSize), at + headerSize);
    const end = member.offset + member.size;
    if (end > total) throw new RangeError(`it ends in the middle of "${member.name}"`);
    found.push(member);
    // Members begin at even offsets.
    at = end + (end % 2);
  }
  return found;
}

async function bytesAt(file: FileHandle, position: number, count: number): Promise<string> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(count), 0, count, position);
  return buffer.toString('latin1', 0, bytesRead);
}

function memberOf(header: string, offset: number): ArMember {
  const field = ([start, length]: readonly [number, number]): string => header.slice(start, start + length);
  const size = /^(\d+) *$/.exec(field(fields.size))?.[1];
  const name = field(fields.name).trimEnd().replace(/\/$/, '');
  if (field(fields.end) !== headerEnd || size === undefined || name === '') {
    throw new RangeError(`its header at byte ${offset - headerSize} is damaged`);
  }
  return { name, offset, size: Number(size) };
}

/** The bytes of an archive with these members: owned by root, mode 0644, time 0. */
export function arBytes(contents: Readonly<Record<string, Uint8Array>>): Buffer {
  const parts = Object.entries(contents).flatMap(([name, bytes]) => [
    Buffer.from(arHeader(name, bytes.length), 'latin1'),
    bytes,
    Buffer.alloc(bytes.length % 2, '\n'),
  ]);
  return Buffer.concat([Buffer.from(magic), ...parts]);
}

function arHeader(name: string, size: number): string {
  const [time, owner, group, mode] = ['0', '0', '0', '100644'];
  const columns = [name.padEnd(16), time.padEnd(12), owner.padEnd(6), group.padEnd(6), mode.padEnd(8)];
  return `${columns.join('')}${String(size).padEnd(10)}${headerEnd}`;
}
