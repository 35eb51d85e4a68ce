/** What Rock Ridge says of a file in its record. */
export interface SystemUse {
  /** Empty when there is none. */
  readonly name: string;
  /** Why the file's content cannot be read as it lies there. */
  readonly obstacle: string | undefined;
}

/**
 * Reads the system use area of a record (IEEE P1282, "Rock Ridge"; zisofs is libisofs' extension):
 *
 * ```
 * entry  0 two letters | 2 u8 length | 3 version | 4 …
 * NM     4 flags | 5 name, or a part of it
 * SL     a symbolic link    ZF  content compressed by zisofs
 * ```
 */
export function readSystemUse(bytes: Buffer): SystemUse {
  const name: Buffer[] = [];
  let obstacle: string | undefined;
  for (let at = 0; at + 4 <= bytes.length; ) {
    const length = bytes[at + 2] ?? 0;
    if (length < 4 || at + length > bytes.length) break;
    const letters = bytes.toString('latin1', at, at + 2);
    if (letters === 'NM') name.push(bytes.subarray(at + 5, at + length));
    if (letters === 'SL') obstacle = 'it is a symbolic link';
    if (letters === 'ZF') obstacle = zisofs;
    at += length;
  }
  return { name: Buffer.concat(name).toString('utf8'), obstacle };
}

const zisofs = 'it is compressed by zisofs';
const zisofsMagic = Buffer.from('37e45396c9dbd607', 'hex');

/** Also of volumes without Rock Ridge. */
export const zisofsFault = (content: Buffer): string | undefined =>
  content.subarray(0, zisofsMagic.length).equals(zisofsMagic) ? zisofs : undefined;
