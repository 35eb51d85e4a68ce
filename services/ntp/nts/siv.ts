import { type CipherGCM, createCipheriv, createDecipheriv, type DecipherGCM } from 'node:crypto';

/**
 * AEAD_AES_SIV_CMAC_256 (RFC 5297). Node's documentation leaves OpenSSL's mode out, and its types with it:
 * each call of `setAAD` is one of the strings, and the tag comes before the ciphertext.
 */
const algorithm = 'aes-128-siv';
export const sivKeyBytes = 32;
const tagBytes = 16;

/** @param associated strings that are authenticated, and not encrypted: the last of them is the nonce */
export function sealSiv(key: Buffer, associated: readonly Buffer[], plain: Buffer): Buffer {
  const cipher = createCipheriv(algorithm, key, null) as CipherGCM;
  for (const text of associated) cipher.setAAD(text);
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([cipher.getAuthTag(), encrypted]);
}

/** Undefined if it was not sealed with this key and these strings. */
export function openSiv(key: Buffer, associated: readonly Buffer[], sealed: Buffer): Buffer | undefined {
  if (sealed.length < tagBytes) return undefined;
  const decipher = createDecipheriv(algorithm, key, null) as DecipherGCM;
  decipher.setAuthTag(sealed.subarray(0, tagBytes));
  for (const text of associated) decipher.setAAD(text);
  try {
    return Buffer.concat([decipher.update(sealed.subarray(tagBytes)), decipher.final()]);
  } catch {
    return undefined;
  }
}
