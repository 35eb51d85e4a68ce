import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { contentsOf, readDer, readValue, valuesIn } from '../../../../build/binary/der/read.ts';
import { octets, sequence } from '../../../../build/binary/der/write.ts';
import { certificateList, readCertificateLists } from '../../../../build/binary/efi/signature-list.ts';
import { withVariables } from '../../../../build/binary/efi/variable-store.ts';
import { keyVariables } from '../../../../build/binary/efi/variables.ts';
import { certificateTable, readCertificateTable } from '../../../../build/binary/pe/authenticode.ts';
import { selfSigned } from '../../../../build/signing/efi/certificate.ts';
import { readCertificate, readEfiSigner } from '../../../../build/signing/efi/efi-signer.ts';
import { programSignature } from '../../../../build/signing/efi/sign-program.ts';
import type { EfiSigner } from '../../../../build/signing/efi/signed-data.ts';
import { checkSignature } from '../../../../build/signing/efi/verify-program.ts';
import { attempt, check, type Target, texts } from '../../target.ts';

const hash = Buffer.alloc(32, 7);

let made: EfiSigner | undefined;

/** Made at its first use: a key of RSA takes a while. */
function signer(): EfiSigner {
  if (made) return made;
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const dates = { from: new Date(0), to: new Date('2040-01-01T00:00:00Z') };
  const text = { name: 'x', ...dates, serial: Buffer.alloc(16, 1) };
  made = { key, certificate: new X509Certificate(selfSigned(key, text)) };
  return made;
}

/** A damaged signature is never taken for one of other bytes. */
export const efiSignature: Target = {
  reads: [
    'build/binary/der/read.ts#readDer',
    'build/binary/der/read.ts#readValue',
    'build/binary/pe/authenticode.ts#readCertificateTable',
    'build/signing/efi/verify-program.ts#checkSignature',
  ],
  seeds: () => {
    const signature = programSignature(hash, signer());
    return [signature, signer().certificate.raw, certificateTable(signature), sequence(octets(hash))];
  },
  words: ['\x30\x82', '\xa0\x82', '\x31\x00', '\x04\x20'],
  run: (bytes) => {
    for (const { tag, whole } of attempt(() => readDer(bytes), RangeError) ?? []) {
      check(contentsOf(readValue(whole), tag).length < whole.length, 'a value is longer than its contents');
      attempt(() => valuesIn(readValue(whole), tag), RangeError);
    }
    for (const value of attempt(() => readCertificateTable(bytes), RangeError) ?? [bytes]) {
      const isTaken = attempt(() => {
        checkSignature(value, Buffer.alloc(32, 8), [signer().certificate]);
        return true;
      }, RangeError);
      check(!isTaken, 'no signature is of other bytes');
    }
  },
};

export const enrolledKeys: Target = {
  reads: [
    'build/binary/efi/signature-list.ts#readCertificateLists',
    'build/binary/efi/variable-store.ts#withVariables',
    'build/signing/efi/efi-signer.ts#readCertificate',
    'build/signing/efi/efi-signer.ts#readEfiSigner',
  ],
  seeds: () => {
    const { key, certificate } = signer();
    return [
      certificateList(certificate.raw, Buffer.alloc(16, 2)),
      ...texts(certificate.toString(), String(key.export({ type: 'pkcs8', format: 'pem' }))),
    ];
  },
  words: ['-----BEGIN CERTIFICATE-----', '-----BEGIN PRIVATE KEY-----'],
  run: (bytes) => {
    for (const { whole } of attempt(() => readCertificateLists(bytes), RangeError) ?? [])
      check(whole.length <= bytes.length, 'a certificate lies in its list');
    const named = { bytes, shown: 'x' };
    attempt(() => readCertificate(named));
    const own = { bytes: signer().certificate.raw, shown: 'y' };
    const read = attempt(() => readEfiSigner(named, own, undefined));
    check(!read || read.key.type === 'private', 'a signer has a private key');
    const added = keyVariables.map((variable) => ({ variable, value: hash }));
    const flash = attempt(() => withVariables(bytes, added, new Date(0), 'x'));
    check(!flash || flash.length === bytes.length, 'flash keeps its size');
  },
};
