import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import {
  bits,
  context,
  der,
  octets,
  sequence,
  setOf,
  time,
  unsigned,
  utf8,
  yes,
} from '../../binary/der/write.ts';
import { ids, sha256WithRsa } from './identifiers.ts';

export interface CertificateText {
  /** `web db`: its subject and issuer, as a common name. */
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
  /** 16 bytes. */
  readonly serial: Uint8Array;
}

/**
 * A certificate (RFC 5280) of an RSA key, signed by the key itself, in DER: firmware trusts it because it is
 * enrolled. Firmware looks at neither of its times.
 */
export function selfSigned(key: KeyObject, { name, from, to, serial }: CertificateText): Buffer {
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const subject = sequence(setOf(sequence(ids.commonName, utf8(name))));
  const body = sequence(
    context(0, unsigned(Buffer.from([2]))),
    unsigned(positive(serial)),
    sha256WithRsa,
    subject,
    sequence(time(from), time(to)),
    subject,
    publicKey,
    context(3, sequence(...extensions(publicKey))),
  );
  return sequence(body, sha256WithRsa, bits(sign('sha256', body, key)));
}

/** Serial numbers have no sign, and at most 20 bytes. */
const positive = (serial: Uint8Array): Uint8Array =>
  Buffer.from([((serial[0] ?? 0) & 0x7f) | 0x40, ...serial.subarray(1)]);

function extensions(publicKey: Buffer): Buffer[] {
  const identifier = createHash('sha1').update(publicKey).digest();
  return [
    sequence(ids.basicConstraints, yes, octets(sequence(yes))),
    // digitalSignature and keyCertSign, the bits 0 and 5.
    sequence(ids.keyUsage, yes, octets(der(0x03, Buffer.from([2, 0x84])))),
    sequence(ids.extendedKeyUsage, octets(sequence(ids.codeSigning))),
    sequence(ids.subjectKeyIdentifier, octets(octets(identifier))),
  ];
}
