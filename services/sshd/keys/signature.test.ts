import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { field, MalformedPacket } from '../encoding.ts';
import { makeSigner } from '../testing/signers.ts';
import { keyTypes } from './algorithms.ts';
import { parsePublicKey } from './public-key.ts';
import { verifySignature } from './signature.ts';

const data = Buffer.from('what is signed');

describe.each(keyTypes)('%s', (type) => {
  const signer = makeSigner(type);
  const key = parsePublicKey(signer.blob);
  const isFido = type.startsWith('sk-');
  const person = (touched: boolean, verified: boolean) => ({
    person: isFido ? { touched, verified } : undefined,
  });

  test('a signature is right for its data, its key and its flags alone', () => {
    expect(verifySignature(key, data, signer.sign(data))).toEqual(person(true, false));
    expect(verifySignature(key, Buffer.from('other'), signer.sign(data))).toBeUndefined();
    expect(verifySignature(parsePublicKey(makeSigner(type).blob), data, signer.sign(data))).toBeUndefined();
    expect(verifySignature(key, data, signer.sign(data), ['ssh-rsa'])).toBeUndefined();
    for (const flags of isFido ? [0, 1, 4, 5] : [])
      expect(verifySignature(key, data, signer.sign(data, flags))).toEqual(
        person((flags & 1) > 0, flags > 3),
      );
  });

  test('property: no bit of a signature may differ', () => {
    const signature = signer.sign(data);
    fc.assert(
      fc.property(fc.nat({ max: 8 * signature.length - 1 }), (bit) => {
        const other = Buffer.from(signature);
        other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        expect(verifySignature(key, data, other)).toBeUndefined();
      }),
    );
  });

  test('property: bytes that are no signature or no key are refused in order', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 200 }),
        fc.nat({ max: signer.blob.length - 1 }),
        (noise, cut) => {
          expect(verifySignature(key, data, Buffer.from(noise))).toBeUndefined();
          const text = Buffer.concat([field(type), Buffer.from(noise)]);
          for (const blob of [text, signer.blob.subarray(0, cut), Buffer.concat([signer.blob, Buffer.of(0)])])
            expect(() => parsePublicKey(blob)).toThrow(MalformedPacket);
        },
      ),
    );
  });
});

test('a FIDO signature counts for its application alone', () => {
  const signer = makeSigner('sk-ssh-ed25519@openssh.com', 'ssh:');
  const other = Buffer.concat([signer.blob.subarray(0, -8), field('ssh:other')]);
  expect(verifySignature(parsePublicKey(signer.blob), data, signer.sign(data))).toBeDefined();
  expect(verifySignature(parsePublicKey(other), data, signer.sign(data))).toBeUndefined();
});

test('an RSA signature may lack the zero bytes at its beginning', () => {
  const signer = makeSigner('ssh-rsa');
  const key = parsePublicKey(signer.blob);
  for (;;) {
    const random = randomBytes(8);
    const signature = signer.sign(random);
    const raw = signature.subarray(-256);
    if (raw[0] !== 0) continue;
    const short = Buffer.concat([field('rsa-sha2-512'), field(raw.subarray(1))]);
    expect(verifySignature(key, random, short)).toBeDefined();
    break;
  }
});
