import { X509Certificate } from 'node:crypto';
import { join } from 'node:path';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { readLimited } from '../../../lib/files/read-limited.ts';
import { readCertificateLists } from '../../binary/efi/signature-list.ts';
import type { KeyVariable } from '../../binary/efi/variables.ts';

/** Bytes of a list of certificates that firmware has room for. */
const listLimit = 32 << 10;

/** The value of a variable, and what is in it. */
export interface KeyList {
  readonly list: Buffer;
  readonly entries: readonly KeyEntry[];
}

export interface KeyEntry {
  readonly certificate: X509Certificate;
  /** EFI_SIGNATURE_DATA: the owner's GUID of 16 bytes, and the certificate in DER. */
  readonly whole: Buffer;
}

/**
 * The value of a variable of Secure Boot in a folder of `kit keys secure-boot`: `PK.esl`, `KEK.esl` or
 * `db.esl`.
 * @throws KitError for a file that is missing, damaged, or without a certificate
 */
export function keyList(folder: string, name: KeyVariable['name']): KeyList {
  const path = join(folder, `${name}.esl`);
  const cannot = (why: string): KitError =>
    new KitError(`Cannot read keys of Secure Boot "${path}": ${why}`, {
      hint: 'kit keys secure-boot FOLDER makes them',
    });
  const list = readLimited(path, listLimit, cannot);
  let entries: KeyEntry[];
  try {
    entries = readCertificateLists(list).map(({ certificate, whole }) => ({
      certificate: new X509Certificate(certificate),
      whole,
    }));
  } catch (thrown) {
    throw cannot(reasonOf(thrown));
  }
  if (entries.length === 0) throw cannot('it has no certificate');
  return { list, entries };
}
