import { describe, expect, test } from 'vitest';
import { parseStorageKey, storageTemplate } from './public-area.ts';
import { parseResponse } from './response.ts';
import { sized, TpmError, u16, u32 } from './wire.ts';

const bytes = (hex: string): Buffer => Buffer.from(hex.replace(/\s/g, ''), 'hex');

describe('parseResponse', () => {
  test('without and with a session, and with a handle', () => {
    const plain = parseResponse(bytes('8001 0000000c 00000000 abcd'), { returnsHandle: false });
    expect(plain).toEqual({ handle: undefined, parameters: bytes('abcd'), session: undefined });
    const made = '8002 0000001b 00000000 80000001 00000002 abcd 0001 07 01 0001 09';
    expect(parseResponse(bytes(made), { returnsHandle: true })).toEqual({
      ...{ handle: 0x8000_0001, parameters: bytes('abcd') },
      session: { nonce: bytes('07'), attributes: 1, hmac: bytes('09') },
    });
  });

  test.each([
    ['8001 0000000a 0000018b', 'the TPM refuses with 0x18b: there is nothing at that handle'],
    ['8001 0000000a 00000921', 'the TPM refuses with 0x921: it is locked after too many wrong passwords'],
    ['8001 0000000a 000001c4', 'the TPM refuses with 0x1c4'],
    ['8001 0000000a', 'what the TPM answers ends too early'],
    ['8001 0000000b 00000000', 'what the TPM answers has 10 bytes, not 11'],
    ['8002 00000010 00000000 000000ff abcd', 'what the TPM answers ends too early'],
    ['8002 00000018 00000000 00000000 0000 00 0000 abcdef01 23', 'what the TPM answers goes on too long'],
  ])('%s', (hex, message) => {
    expect(() => parseResponse(bytes(hex), { returnsHandle: false })).toThrow(message);
    expect(() => parseResponse(bytes(hex), { returnsHandle: false })).toThrow(TpmError);
  });
});

describe('parseStorageKey', () => {
  /** The template with a point of P-256 in place of the zeros; here its generator. */
  const x = bytes('6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296');
  const y = bytes('4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5');
  const head = storageTemplate.subarray(0, -68);
  const area = Buffer.concat([head, sized(x), sized(y)]);

  test('a key of ECC', () => {
    const { name, key } = parseStorageKey(area);
    expect(name.subarray(0, 2)).toEqual(u16(0x000b));
    expect(name).toHaveLength(34);
    expect(key.export({ format: 'jwk' })).toMatchObject({ crv: 'P-256', x: x.toString('base64url') });
  });

  test.each([
    ['of another curve', Buffer.concat([head.subarray(0, -4), u16(4), u16(0x10), sized(x), sized(y)])],
    [
      'that signs',
      Buffer.concat([head.subarray(0, 4), u32(0x0004_0072), head.subarray(8), sized(x), sized(y)]),
    ],
    ['with long coordinates', Buffer.concat([head, sized(Buffer.alloc(33)), sized(y)])],
    ['that is no point', Buffer.concat([head, sized(x), sized(x)])],
    ['that is cut off', area.subarray(0, -1)],
    ['that goes on', Buffer.concat([area, u16(0)])],
  ])('one %s is refused', (_what, damaged) => {
    expect(() => parseStorageKey(damaged)).toThrow(TpmError);
  });
});
