import { KitError } from '../../../lib/errors/errors.ts';
import { readPe } from './pe.ts';

/**
 * Where the parts of a PE32+ file are that its Authenticode hash leaves out (Windows Authenticode Portable
 * Executable Signature Format, "Calculating the PE Image Hash"): the checksum, the entry of the data
 * directory that names the table of certificates, and that table.
 */
export interface AuthenticodePlaces {
  /** u32 */
  readonly checksum: number;
  /** u32 position in the file, u32 bytes */
  readonly directory: number;
  /** Of the table of certificates, as that entry says; both 0 for a file that is not signed. */
  readonly table: { readonly start: number; readonly bytes: number };
}

/** Position of the entry in the optional header of PE32+, the fifth of the directory. */
const directoryOffset = 112 + 4 * 8;

/** @param head the first bytes of the file @throws KitError for a file that has no such entry */
export function authenticodePlaces(head: Buffer, name: string): AuthenticodePlaces {
  const { optional } = readPe(head, name);
  const directory = optional + directoryOffset;
  const cannot = (why: string): KitError => new KitError(`Cannot use "${name}" as an EFI program: ${why}`);
  if (directory + 8 > head.length) throw cannot('its header is not whole');
  if (head.readUInt32LE(optional + 108) < 5) throw cannot('its header has no place for a signature');
  return {
    checksum: optional + 64,
    directory,
    table: { start: head.readUInt32LE(directory), bytes: head.readUInt32LE(directory + 4) },
  };
}

/** The ranges of a file that are hashed, in order. @param bytes of the file without its certificates */
export const hashedRanges = (
  { checksum, directory }: AuthenticodePlaces,
  bytes: number,
): [number, number][] => [
  [0, checksum],
  [checksum + 4, directory],
  [directory + 8, bytes],
];

/** WIN_CERT_REVISION_2_0, WIN_CERT_TYPE_PKCS_SIGNED_DATA (UEFI 2.10, 32.2.4) */
const revision = 0x0200;
const pkcsSignedData = 0x0002;

/** A table with one certificate, in units of 8 bytes: u32 bytes, u16 revision, u16 type, PKCS#7. */
export function certificateTable(signedData: Uint8Array): Buffer {
  const table = Buffer.alloc(Math.ceil((8 + signedData.length) / 8) * 8);
  table.writeUInt32LE(table.length, 0);
  table.writeUInt16LE(revision, 4);
  table.writeUInt16LE(pkcsSignedData, 6);
  table.set(signedData, 8);
  return table;
}

/** At most so many signatures of a file are looked at. */
const mostCertificates = 16;

/** The PKCS#7 values of a table, each maybe with zeros behind it. @throws RangeError for a damaged one */
export function readCertificateTable(table: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = 0; at < table.length; ) {
    const bytes = at + 8 <= table.length ? table.readUInt32LE(at) : 0;
    if (bytes <= 8 || at + bytes > table.length) throw new RangeError('its table of certificates is damaged');
    const [version, type] = [table.readUInt16LE(at + 4), table.readUInt16LE(at + 6)];
    if (version === revision && type === pkcsSignedData) found.push(table.subarray(at + 8, at + bytes));
    if (found.length > mostCertificates)
      throw new RangeError(`it has more than ${mostCertificates} signatures`);
    at += Math.ceil(bytes / 8) * 8;
  }
  return found;
}
