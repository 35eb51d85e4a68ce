/** Which firmware finds something to start. */
export interface Bootable {
  readonly bios: boolean;
  readonly uefi: boolean;
}

/** Bytes from the start of a disk that `diskBoots` looks at: the usual partition table ends before. */
export const diskHeadBytes = 64 << 10;

const sectorBytes = 512;
/** C12A7328-F81F-11D2-BA4B-00A0C93EC93B, the EFI system partition, as it lies on the disk (UEFI 2.10, 5.3.3). */
const espType = Buffer.from('28732ac11ff8d211ba4b00a0c93ec93b', 'hex');
/** The same in an MBR's partition entry. */
const espMbrType = 0xef;

/**
 * Looks for boot code and for an EFI system partition.
 *
 * ```
 * sector 0   0 boot code, 440 bytes | 446 four partitions of 16 bytes (4 type, 8 u32 first sector) | 510 55 aa
 * sector 1   "EFI PART" | 72 u64 sector of the entries | 80 u32 their number | 84 u32 bytes of each
 * entry      0 type, 16 bytes | 16 id | 32 u64 first sector | 40 u64 last sector | …
 * ```
 */
export function diskBoots(head: Uint8Array): Bootable {
  if (!isPartitioned(head)) return { bios: false, uefi: false };
  return {
    bios: head.subarray(0, 440).some((byte) => byte !== 0),
    uefi: efiSystemStart(head) !== undefined,
  };
}

/** The byte at which the disk's EFI system partition begins; undefined without one. */
export function efiSystemStart(head: Uint8Array): number | undefined {
  if (!isPartitioned(head)) return undefined;
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  const inMbr = [0, 1, 2, 3].map((index) => 446 + 16 * index).find((at) => bytes[at + 4] === espMbrType);
  return inMbr === undefined ? gptEfiSystem(bytes) : bytes.readUInt32LE(inMbr + 8) * sectorBytes;
}

const isPartitioned = (head: Uint8Array): boolean =>
  head.length >= sectorBytes && head[510] === 0x55 && head[511] === 0xaa;

function gptEfiSystem(bytes: Buffer): number | undefined {
  const header = bytes.subarray(sectorBytes, 2 * sectorBytes);
  if (header.length < sectorBytes || header.toString('latin1', 0, 8) !== 'EFI PART') return undefined;
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

/** No disk is so large that its bytes could not be counted; a table may say so. */
function sectorStart(sector: bigint): number | undefined {
  return sector < 2n ** 39n ? Number(sector) * sectorBytes : undefined;
}
