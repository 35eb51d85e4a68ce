import type { RandomAccess } from './random-access.ts';

/** A file system that is not read here, for a message. */
export interface OtherFileSystem {
  /** `ext4`, `exFAT` */
  readonly kind: string;
  /** Undefined where it is not looked for. */
  readonly label: string | undefined;
}

interface Row {
  readonly kind: string;
  readonly at: number;
  readonly magic: string;
  readonly label?: { readonly at: number; readonly bytes: number };
}

/** As in libblkid's probers; magic numbers in Latin-1. */
const rows: readonly Row[] = [
  { kind: 'ext2, ext3 or ext4', at: 1080, magic: '\x53\xef', label: { at: 1144, bytes: 16 } },
  { kind: 'XFS', at: 0, magic: 'XFSB', label: { at: 108, bytes: 12 } },
  { kind: 'btrfs', at: 65_600, magic: '_BHRfS_M', label: { at: 65_835, bytes: 256 } },
  { kind: 'NTFS', at: 3, magic: 'NTFS    ' },
  { kind: 'SquashFS', at: 0, magic: 'hsqs' },
  { kind: 'EROFS', at: 1024, magic: '\xe2\xe1\xf5\xe0', label: { at: 1104, bytes: 16 } },
  { kind: 'gzip', at: 0, magic: '\x1f\x8b' },
  { kind: 'QCOW2', at: 0, magic: 'QFI\xfb' },
];

/** What a volume is that is neither ISO 9660, UDF nor FAT; undefined when that is unknown. */
export async function otherFileSystem(source: RandomAccess): Promise<OtherFileSystem | undefined> {
  const head = await source.read(0, 65_600 + 512);
  const text = (at: number, bytes: number): string => head.toString('latin1', at, at + bytes);
  const row = rows.find(({ at, magic }) => text(at, magic.length) === magic);
  if (row) {
    const label = row.label && text(row.label.at, row.label.bytes).replace(/\0.*$/s, '');
    return { kind: row.kind, label };
  }
  if (text(3, 8) === 'EXFAT   ') return { kind: 'exFAT', label: await exfatLabel(source, head) };
  return undefined;
}

/**
 * The label in exFAT's root folder ("exFAT file system specification", 3.1 and 7.3): entries of 32 bytes, of
 * which type 83 has the length and up to 11 characters of UTF-16.
 */
async function exfatLabel(source: RandomAccess, head: Buffer): Promise<string | undefined> {
  const sector = 2 ** head.readUInt8(108);
  const cluster = sector * 2 ** head.readUInt8(109);
  const at = head.readUInt32LE(88) * sector + (head.readUInt32LE(96) - 2) * cluster;
  if (!Number.isSafeInteger(at) || at < 0) return undefined;
  const entries = await source.read(at, 4096);
  for (let entry = 0; entry + 32 <= entries.length; entry += 32) {
    const characters = Math.min(entries.readUInt8(entry + 1), 11);
    if (entries[entry] === 0x83) return entries.toString('utf16le', entry + 2, entry + 2 + 2 * characters);
  }
  return undefined;
}
