import { expect, test } from 'vitest';
import { openSiv, sealSiv } from './siv.ts';

const hex = (text: string): Buffer => Buffer.from(text.replace(/\s/g, ''), 'hex');

/** RFC 5297, appendix A. */
const deterministic = {
  title: 'A.1, deterministic',
  key: hex('fffefdfc fbfaf9f8 f7f6f5f4 f3f2f1f0 f0f1f2f3 f4f5f6f7 f8f9fafb fcfdfeff'),
  associated: [hex('10111213 14151617 18191a1b 1c1d1e1f 20212223 24252627')],
  plain: hex('11223344 55667788 99aabbcc ddee'),
  sealed: hex('85632d07 c6e8f37f 950acd32 0a2ecc93 40c02b96 90c4dc04 daef7f6a fe5c'),
};
const nonceBased = {
  title: 'A.2, with a nonce as the last string',
  key: hex('7f7e7d7c 7b7a7978 77767574 73727170 40414243 44454647 48494a4b 4c4d4e4f'),
  associated: [
    hex('00112233 44556677 8899aabb ccddeeff deaddada deaddada ffeeddcc bbaa9988 77665544 33221100'),
    hex('10203040 50607080 90a0'),
    hex('09f91102 9d74e35b d84156c5 635688c0'),
  ],
  plain: hex(
    '74686973 20697320 736f6d65 20706c61 696e7465 78742074 6f20656e 63727970 74207573 696e6720 5349562d 414553',
  ),
  sealed: hex(
    '7bdb6e3b 432667eb 06f4d14b ff2fbd0f cb900f2f ddbe4043 26601965 c889bf17 dba77ceb 094fa663 b7a3f748 ' +
      'ba8af829 ea64ad54 4a272e9c 485b62a3 fd5c0d',
  ),
};

test.each([deterministic, nonceBased])('$title', ({ key, associated, plain, sealed }) => {
  expect(sealSiv(key, associated, plain)).toEqual(sealed);
  expect(openSiv(key, associated, sealed)).toEqual(plain);
});

const { key, associated, plain, sealed } = nonceBased;

test.each<[string, () => Buffer | undefined]>([
  ['a bit of the tag', () => openSiv(key, associated, changed(sealed, 3))],
  ['a bit of the text', () => openSiv(key, associated, changed(sealed, 20))],
  ['a bit of the key', () => openSiv(changed(key, 9), associated, sealed)],
  ['a string', () => openSiv(key, associated.with(1, Buffer.of(1)), sealed)],
  ['the order of strings', () => openSiv(key, associated.toReversed(), sealed)],
  ['a string less', () => openSiv(key, associated.slice(1), sealed)],
  ['the end', () => openSiv(key, associated, sealed.subarray(0, -1))],
  ['all but a part of the tag', () => openSiv(key, associated, sealed.subarray(0, 15))],
])('with %s changed it is not opened', (_title, open) => expect(open()).toBeUndefined());

test('nothing at all is sealed, too', () => {
  const empty = sealSiv(key, associated, Buffer.alloc(0));
  expect(empty).toHaveLength(16);
  expect(openSiv(key, associated, empty)).toEqual(Buffer.alloc(0));
  expect(openSiv(key, associated, changed(empty, 0))).toBeUndefined();
  expect(openSiv(key, associated, sealSiv(key, associated, plain).subarray(0, 16))).toBeUndefined();
});

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
  return copy;
}
