import { hasBootSignature, sectorBytes } from './sector.ts';

/** A partition of a disk. */
export interface Partition {
  /** The type byte of an MBR partition; the 16 bytes of a GPT partition's type as on the disk, in hex. */
  readonly type: number | string;
  /** In bytes. */
  readonly start: number;
}

/** How many bytes from the start of a disk to pass to `partitionsOf`: the usual table ends before. */
export const diskHeadBytes = 64 << 10;

/** Where the four rows of the MBR's table begin, and bytes of each. */
export const mbrTable = { at: 446, rowBytes: 16, protective: 0xee } as const;

export const gptSignature = 'EFI PART';

/** More entries than any table has: a damaged one may claim any number. */
const entryLimit = 1024;

/**
 * The partitions of a disk, those of an MBR first: a hybrid disk has both tables. Logical partitions, inside
 * an extended one, are left out.
 *
 * ```
 * sector 0   446 four rows of 16 bytes (4 type, 8 u32 first sector) | 510 55 aa
 * sector 1   "EFI PART" | 72 u64 sector of the entries | 80 u32 their number | 84 u32 bytes of each
 * entry      0 type, 16 bytes | 16 id | 32 u64 first sector | 40 u64 last sector | …
 * ```
 */
export function partitionsOf(head: Uint8Array): Partition[] {
  if (!hasBootSignature(head)) return [];
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const rows = [0, 1, 2, 3].map((index) => mbrTable.at + mbrTable.rowBytes * index);
  // Sectors of 4096 bytes show in the place of the GPT; an MBR alone does not tell them.
  const sector = [sectorBytes, 4096].find(
    (size) => bytes.toString('latin1', size, size + 8) === gptSignature,
  );
  const inMbr = rows.flatMap((at) => {
    const [type, first] = [bytes.readUInt8(at + 4), bytes.readUInt32LE(at + 8)];
    const isUsed = type !== 0 && type !== mbrTable.protective;
    return isUsed ? [{ type, start: first * (sector ?? sectorBytes) }] : [];
  });
  return [...inMbr, ...(sector === undefined ? [] : gptPartitions(bytes, sector))];
}

function gptPartitions(bytes: Buffer, sector: number): Partition[] {
  const header = bytes.subarray(sector, sector + sectorBytes);
  if (header.length < sectorBytes) return [];
  const table = bytesOf(header.readBigUInt64LE(72), sector);
  const [count, size] = [Math.min(header.readUInt32LE(80), entryLimit), header.readUInt32LE(84)];
  const found: Partition[] = [];
  if (table === undefined || size < 128) return found;
  for (let at = table; at < table + count * size && at + 40 <= bytes.length; at += size) {
    const start = bytesOf(bytes.readBigUInt64LE(at + 32), sector);
    const type = bytes.toString('hex', at, at + 16);
    if (start !== undefined && !/^0+$/.test(type)) found.push({ type, start });
  }
  return found;
}

/** Undefined for what a damaged table may claim: byte positions must be exact as a number. */
const bytesOf = (sectors: bigint, sector: number): number | undefined =>
  sectors < 2n ** 39n ? Number(sectors) * sector : undefined;
