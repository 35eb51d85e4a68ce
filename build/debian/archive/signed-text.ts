import { readFile } from 'node:fs/promises';
import type { Key } from 'openpgp';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';

/** The OpenPGP keys in a file, armored or not. @throws KitError */
export async function keysOf(file: string): Promise<Key[]> {
  // Loaded here: it is needed only when a lock is made or renewed.
  const { readKeys } = await import('openpgp');
  return readFile(file)
    .then((bytes) =>
      bytes.toString('latin1', 0, 10) === '-----BEGIN'
        ? readKeys({ armoredKeys: bytes.toString('latin1') })
        : readKeys({ binaryKeys: bytes }),
    )
    .catch((cause: unknown) => {
      throw new KitError(`Cannot read the OpenPGP keys "${file}": ${reasonOf(cause)}`, { cause });
    });
}

/**
 * The signed part of a cleartext-signed message (RFC 9580, 7); what stands around it is not trusted.
 * @param refused makes the error for a message that none of the keys has signed
 */
export async function signedText(
  message: string,
  verificationKeys: Key[],
  refused: (reason: string, cause?: unknown) => Error,
): Promise<string> {
  const { readCleartextMessage, verify } = await import('openpgp');
  const parsed = await readCleartextMessage({ cleartextMessage: message }).catch((cause: unknown) => {
    throw refused('it is not signed', cause);
  });
  const { data, signatures } = await verify({ message: parsed, verificationKeys });
  const results = await Promise.allSettled(signatures.map(({ verified }) => verified));
  // A message may be signed with several keys, of which an older keyring may lack some.
  if (results.some(({ status }) => status === 'fulfilled')) return data;
  const failed = results.find((result) => result.status === 'rejected');
  throw refused(failed ? reasonOf(failed.reason) : 'it has no signature', failed?.reason);
}
