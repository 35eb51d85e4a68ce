import { createCipheriv, createDecipheriv } from 'node:crypto';
import { kdfa } from './key-derivation.ts';
import { sized, TpmReader } from './wire.ts';

/** The nonce of whoever sends these parameters, and the latest of the other side. */
export type Nonces = readonly [newer: Buffer, older: Buffer];

/** Encrypts the content of the first parameter, a TPM2B (part 1, 21.3, "CFB Mode Parameter Encryption"). */
export function encryptFirst(parameters: Buffer, sessionKey: Buffer, nonces: Nonces): Buffer {
  const { first, rest } = splitFirst(parameters);
  return Buffer.concat([sized(createCipheriv(...cipherOf(sessionKey, nonces)).update(first)), rest]);
}

export function decryptFirst(parameters: Buffer, sessionKey: Buffer, nonces: Nonces): Buffer {
  const { first, rest } = splitFirst(parameters);
  return Buffer.concat([sized(createDecipheriv(...cipherOf(sessionKey, nonces)).update(first)), rest]);
}

function splitFirst(parameters: Buffer): { readonly first: Buffer; readonly rest: Buffer } {
  const reader = new TpmReader(parameters);
  return { first: reader.sized(), rest: reader.rest() };
}

function cipherOf(sessionKey: Buffer, nonces: Nonces): ['aes-128-cfb', key: Buffer, iv: Buffer] {
  const bytes = kdfa(sessionKey, 'CFB', nonces, 256);
  return ['aes-128-cfb', bytes.subarray(0, 16), bytes.subarray(16)];
}
