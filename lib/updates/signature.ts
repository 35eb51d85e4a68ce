import type { KeyObject } from 'node:crypto';
import { createPublicKey, sign, verify } from 'node:crypto';

/** ECDSA on P-256 with SHA-256, in DER: what kit's and cosign's keys make. */
const hash = 'sha256';

export const signStatement = (statement: Uint8Array, key: KeyObject): Buffer => sign(hash, statement, key);

/**
 * Whether one of the keys (PEM) has signed exactly these bytes. A key that cannot be read has signed nothing.
 */
export const isSignedByOne = (
  statement: Uint8Array,
  signature: Uint8Array,
  keys: readonly string[],
): boolean => keys.some((pem) => isSigned(statement, signature, pem));

function isSigned(statement: Uint8Array, signature: Uint8Array, pem: string): boolean {
  try {
    return verify(hash, statement, createPublicKey(pem), signature);
  } catch {
    return false;
  }
}
