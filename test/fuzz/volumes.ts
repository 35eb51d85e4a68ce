import type { RandomAccess } from '../../lib/volumes/random-access.ts';

/** The bytes after `before` zeros, with zeros behind them, as on a disk of 1 MiB. */
export const behind = (before: number, bytes: Buffer): RandomAccess => ({
  read: async (at, count) => {
    const end = Math.min(at + count, 1 << 20);
    const out = Buffer.alloc(Math.max(0, end - at));
    const [from, to] = [Math.max(at, before), Math.min(end, before + bytes.length)];
    if (to > from) bytes.copy(out, from - at, from - before, to - before);
    return out;
  },
});

/** A volume of one descriptor and one folder, whose files have these names. */
export function isoVolumeWith(names: readonly [string, string]): Buffer {
  const blocks = Buffer.alloc(4 * 2048);
  blocks.write('\x01CD001\x01', 0, 'latin1');
  blocks.write('CIDATA'.padEnd(32), 40, 'latin1');
  blocks.writeUInt32LE(18, 158);
  blocks.writeUInt32LE(2048, 166);
  blocks.write('\xffCD001\x01', 2048, 'latin1');
  const [plain, rockRidge] = names;
  const record = Buffer.alloc(33 + plain.length + ((plain.length + 1) & 1) + 5 + rockRidge.length);
  record.writeUInt8(record.length, 0);
  record.writeUInt32LE(19, 2);
  record.writeUInt32LE(5, 10);
  record.writeUInt8(plain.length, 32);
  record.write(plain, 33, 'latin1');
  record.write(
    `NM${String.fromCharCode(5 + rockRidge.length)}\x01\0${rockRidge}`,
    record.length - 5 - rockRidge.length,
    'latin1',
  );
  record.copy(blocks, 2 * 2048);
  blocks.write('hello', 3 * 2048);
  return blocks;
}

/** A volume of one cluster for each of: table, root folder, file. */
export function fatVolumeWith(bits: 16 | 32): Buffer {
  const bytes = Buffer.alloc(4 * 512);
  bytes.writeUInt16LE(512, 11);
  bytes.writeUInt8(1, 13);
  bytes.writeUInt16LE(1, 14);
  bytes.writeUInt8(1, 16);
  bytes.writeUInt16LE(bits === 32 ? 0 : 16, 17);
  bytes.writeUInt32LE(1 << 16, 32);
  bytes.writeUInt16LE(bits === 32 ? 0 : 1, 22);
  if (bits === 32) bytes.writeUInt32LE(1, 36);
  if (bits === 32) bytes.writeUInt32LE(2, 44);
  bytes.writeUInt16LE(0xaa55, 510);
  const fileCluster = bits === 32 ? 3 : 2;
  if (bits === 32) for (const cluster of [2, 3]) bytes.writeUInt32LE(0x0fff_ffff, 512 + 4 * cluster);
  else bytes.writeUInt16LE(0xffff, 512 + 4);
  bytes.write('CIDATA     \x08', 1024, 'latin1');
  bytes.write('USER-D~1   ', 1024 + 32, 'latin1');
  bytes.writeUInt16LE(fileCluster, 1024 + 32 + 26);
  bytes.writeUInt32LE(5, 1024 + 32 + 28);
  bytes.write('hello', 1536);
  return bytes;
}

/** A root folder with one file, behind the first 1024 bytes. */
export function erofsImage(): Buffer {
  const bytes = Buffer.alloc(4096 + 512);
  bytes.writeUInt32LE(0xe0f5_e1e2, 0);
  bytes.writeUInt8(9, 12);
  bytes.writeUInt16LE(36, 14);
  // Block 3 of 512 bytes holds the inodes: the root folder's is number 36, that of the file number 40.
  const folder = 36 * 32 - 1024;
  bytes.writeUInt16LE(0, folder);
  bytes.writeUInt16LE(0o040755, folder + 4);
  bytes.writeUInt32LE(40, folder + 8);
  bytes.writeUInt32LE(8, folder + 16);
  const file = 40 * 32 - 1024;
  bytes.writeUInt16LE(0o100644, file + 4);
  const entries = 8 * 512 - 1024;
  for (const [at, [nid, nameAt, type]] of [
    [36, 36, 2],
    [36, 37, 2],
    [40, 39, 1],
  ].entries()) {
    bytes.writeBigUInt64LE(BigInt(nid ?? 0), entries + at * 12);
    bytes.writeUInt16LE(nameAt ?? 0, entries + at * 12 + 8);
    bytes.writeUInt8(type ?? 0, entries + at * 12 + 10);
  }
  bytes.write('...a', entries + 36, 'latin1');
  return bytes;
}
