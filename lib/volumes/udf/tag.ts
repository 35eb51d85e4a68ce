/** Identifiers of descriptors (ECMA-167 3/7.2.1 and 4/7.2.1), as far as they are read. */
export const tags = {
  anchor: 2,
  partition: 5,
  logicalVolume: 6,
  terminating: 8,
  fileSet: 256,
  fileIdentifier: 257,
  fileEntry: 261,
  extendedFileEntry: 266,
} as const;

/** Bytes of a descriptor of the volume, whatever the blocks' size. */
export const descriptorBytes = 512;

/**
 * The identifier of the descriptor at the beginning of the bytes; undefined when no descriptor begins there.
 *
 * ```
 * tag  0 u16 identifier | 2 u16 version | 4 u8 sum of the other 15 bytes | 8 u16 CRC, 10 u16 of how many
 *      bytes | 12 u32 block
 * ```
 */
export function tagOf(bytes: Buffer): number | undefined {
  if (bytes.length < 16) return undefined;
  let sum = 0;
  for (let at = 0; at < 16; at += 1) sum += at === 4 ? 0 : bytes.readUInt8(at);
  return (sum & 0xff) === bytes.readUInt8(4) ? bytes.readUInt16LE(0) : undefined;
}

/** @throws RangeError when the bytes are none of these descriptors */
export function checkTag(bytes: Buffer, what: string, ...wanted: readonly number[]): void {
  const tag = tagOf(bytes);
  if (tag === undefined || !wanted.includes(tag)) throw new RangeError(`Cannot read UDF: ${what} is damaged`);
}
