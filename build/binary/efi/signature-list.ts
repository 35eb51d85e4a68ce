import { efiGuids } from './guids.ts';

/**
 * EFI_SIGNATURE_LIST with one X.509 certificate (UEFI 2.10, 32.4.1):
 *
 *   0   GUID of the type, u32 bytes of the list, u32 bytes of a header (0), u32 bytes of each signature
 *   28  GUID of the owner, then the certificate in DER
 *
 * @param owner a GUID of 16 bytes, by which tools find entries again
 */
export function certificateList(certificate: Uint8Array, owner: Uint8Array): Buffer {
  const head = Buffer.alloc(28);
  efiGuids.certX509.copy(head);
  head.writeUInt32LE(28 + 16 + certificate.length, 16);
  head.writeUInt32LE(16 + certificate.length, 24);
  return Buffer.concat([head, owner, certificate]);
}

/** EFI_SIGNATURE_DATA with a certificate (UEFI 2.10, 32.4.1). */
export interface CertificateEntry {
  /** The owner's GUID of 16 bytes, and the certificate. */
  readonly whole: Buffer;
  /** In DER. */
  readonly certificate: Buffer;
}

/**
 * The X.509 certificates of lists that follow each other; lists of hashes are skipped.
 * @throws RangeError for lists that are damaged
 */
export function readCertificateLists(lists: Buffer): CertificateEntry[] {
  const found: CertificateEntry[] = [];
  for (let at = 0; at < lists.length; ) {
    if (at + 28 > lists.length) throw new RangeError('it ends within the head of a list');
    const [bytes, header, each] = [16, 20, 24].map((field) => lists.readUInt32LE(at + field)) as [
      number,
      number,
      number,
    ];
    const room = bytes - 28 - header;
    if (at + bytes > lists.length || room < 0 || each < 16 || room % each !== 0)
      throw new RangeError('the lengths of a list do not fit each other');
    if (lists.subarray(at, at + 16).equals(efiGuids.certX509)) {
      const first = at + 28 + header;
      for (let entry = first; entry < at + bytes; entry += each) {
        const whole = lists.subarray(entry, entry + each);
        found.push({ whole, certificate: whole.subarray(16) });
      }
    }
    at += bytes;
  }
  return found;
}
