import { randomBytes, scryptSync } from 'node:crypto';
import { xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { KitError } from '../../lib/errors/errors.ts';
import { base64Field, fromBase64 } from './base64.ts';
import { parseStrictJson } from './strict-json.ts';

/*
 * The encrypted keys of cosign: PEM around JSON (go-securesystemslib, encrypted/encrypted.go).
 *
 *   {"kdf":    {"name": "scrypt", "params": {"N": 65536, "r": 8, "p": 1}, "salt": <base64, 32 bytes>},
 *    "cipher": {"name": "nacl/secretbox", "nonce": <base64, 24 bytes>},
 *    "ciphertext": <base64: a secretbox around PKCS#8>}
 */

const labels = ['ENCRYPTED SIGSTORE PRIVATE KEY', 'ENCRYPTED COSIGN PRIVATE KEY'] as const;
const form = new RegExp(`-----BEGIN (${labels.join('|')})-----\\s+([A-Za-z0-9+/=\\s]+?)-----END \\1-----`);

/** go-securesystemslib's parameters of the key derivation ("standard", then its older ones and OWASP's). */
const standard = { N: 65536, r: 8, p: 1 } as const;
const mostMemory = 256 << 20;

export const isCosignKey = (pem: string): boolean => labels.some((label) => pem.includes(`BEGIN ${label}--`));

/** The PKCS#8 of a key. @throws KitError for another password, or a file that is no such key */
export function openCosignKey(pem: string, password: string, shown: string): Buffer {
  const cannot = (why: string, hint?: string): KitError =>
    new KitError(`Cannot read key "${shown}": ${why}`, { hint });
  const body = fromBase64((form.exec(pem)?.[2] ?? '-').replaceAll(/\s+/g, ''));
  if (!body) throw cannot('it is no PEM with base64 in it');
  const root = parseStrictJson(body, shown, 16 << 10);
  const [kdf, cipher] = [root.field('kdf'), root.field('cipher')];
  const names = `${kdf.field('name').text()} ${cipher.field('name').text()}`;
  if (names !== 'scrypt nacl/secretbox') throw cannot(`it is encrypted by "${names}"`);
  const params = kdf.field('params');
  const [N, r, p] = (['N', 'r', 'p'] as const).map((name) => params.field(name).number()) as [
    ...[number, number, number],
  ];
  const isPower = Number.isInteger(Math.log2(N)) && N > 1;
  if (!isPower || r < 1 || p < 1 || p > 16 || 128 * N * r * p > mostMemory) {
    throw cannot(`scrypt with N ${N}, r ${r} and p ${p} is none that cosign uses`);
  }
  const salt = base64Field(kdf.field('salt'));
  const nonce = base64Field(cipher.field('nonce'));
  if (nonce.length !== 24) throw cannot(`its nonce has ${nonce.length} bytes, expected 24`);
  const secret = scryptSync(password, salt, 32, { N, r, p, maxmem: mostMemory * 2 });
  try {
    return Buffer.from(xsalsa20poly1305(secret, nonce).decrypt(base64Field(root.field('ciphertext'))));
  } catch {
    throw cannot('the password is wrong, or the file is damaged', passwordHint);
  }
}

export const passwordHint = "the variable KIT_KEY_PASSWORD, or cosign's COSIGN_PASSWORD, holds the password";

/** A key as cosign writes it. @param pkcs8 in DER */
export function sealCosignKey(pkcs8: Buffer, password: string): string {
  const [salt, nonce] = [randomBytes(32), randomBytes(24)];
  const secret = scryptSync(password, salt, 32, { ...standard, maxmem: mostMemory });
  const document = {
    kdf: { name: 'scrypt', params: standard, salt: salt.toString('base64') },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
    ciphertext: Buffer.from(xsalsa20poly1305(secret, nonce).encrypt(pkcs8)).toString('base64'),
  };
  const lines =
    Buffer.from(JSON.stringify(document))
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${labels[0]}-----`, ...lines, `-----END ${labels[0]}-----`, ''].join('\n');
}
