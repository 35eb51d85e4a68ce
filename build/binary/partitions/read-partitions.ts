import { hasBootSignature, sectorBytes } from '../../../lib/volumes/sector.ts';
import { efiSystemType, gptSignature, guidBytes } from './gpt.ts';
import { partitionTypes, rowBytes, tableAt } from './mbr.ts';

/** The kinds of firmware that find a boot program on a medium. */
export interface Bootable {
  readonly bios: boolean;
  readonly uefi: boolean;
}

/** How many bytes from the start of a disk to pass to `diskBoots`: the usual partition table ends before. */
export const diskHeadBytes = 64 << 10;

const espType = guidBytes(efiSystemType);

/**
 * Looks for boot code and for an EFI system partition.
 *
 * ```
 * sector 0   0 boot code, 440 bytes | 446 four rows of 16 bytes (4 type, 8 u32 first sector) | 510 55 aa
 * sector 1   "EFI PART" | 72 u64 sector of the entries | 80 u32 their number | 84 u32 bytes of each
 * entry      0 type, 16 bytes | 16 id | 32 u64 first sector | 40 u64 last sector | …
 * ```
 */
export function diskBoots(head: Uint8Array): Bootable {
  if (!hasBootSignature(head)) return { bios: false, uefi: false };
  return {
    bios: head.subarray(0, 440).some((byte) => byte !== 0),
    uefi: efiSystemStart(head) !== undefined,
  };
}

/** The byte at which the disk's EFI system partition begins; undefined without one. */
export function efiSystemStart(head: Uint8Array): number | undefined {
  if (!hasBootSignature(head)) return undefined;
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const rows = [0, 1, 2, 3].map((index) => tableAt + rowBytes * index);
  const inMbr = rows.find((at) => bytes[at + 4] === partitionTypes.efi);
  return inMbr === undefined ? gptEfiSystem(bytes) : bytes.readUInt32LE(inMbr + 8) * sectorBytes;
}

function gptEfiSystem(bytes: Buffer): number | undefined {
  const header = bytes.subarray(sectorBytes, 2 * sectorBytes);
  if (header.length < sectorBytes || header.toString('latin1', 0, 8) !== gptSignature) return undefined;
  const first = Number(header.readBigUInt64LE(72)) * sectorBytes;
  const [count, size] = [Math.min(header.readUInt32LE(80), 1024), header.readUInt32LE(84)];
  if (size < 128) return undefined;
  for (let index = 0; index < count; index += 1) {
    const at = first + index * size;
    if (at + 40 > bytes.length) return undefined;
    if (bytes.subarray(at, at + espType.length).equals(espType))
      return sectorStart(bytes.readBigUInt64LE(at + 32));
  }
  return undefined;
}

/** Undefined for what a damaged table may claim: byte positions must be exact as a number. */
function sectorStart(sector: bigint): number | undefined {
  return sector < 2n ** 39n ? Number(sector) * sectorBytes : undefined;
}
