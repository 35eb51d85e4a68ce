import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nameBytes, nameLength, nameOfBytes } from './file-names.ts';

const bytesOfNames = fc.oneof(
  // Characters of all lengths beside bytes.
  fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary', maxLength: 2 }).map((text) => [...Buffer.from(text)]),
        fc.array(fc.nat(255), { maxLength: 2 }),
      ),
    )
    .map((parts) => Uint8Array.from(parts.flat())),
  fc.uint8Array({ maxLength: 40 }),
  // Beginnings and ends of characters, and what only looks like UTF-8.
  fc.array(
    fc.constantFrom(0x41, 0x2f, 0x80, 0xbf, 0xc0, 0xc3, 0xa9, 0xe2, 0xed, 0xa0, 0xef, 0xbb, 0xf0, 0xf4, 0xff),
  ),
);

test('a name of any bytes is kept, alone and through JSON', () => {
  fc.assert(
    fc.property(bytesOfNames, (given) => {
      const name = nameOfBytes(Uint8Array.from(given));
      expect([...nameBytes(name)]).toEqual([...given]);
      expect(nameLength(name)).toBe(given.length);
      expect(JSON.parse(JSON.stringify(name))).toBe(name);
    }),
    { numRuns: 2000 },
  );
});

test('a byte beside a character whose second half looks like one', () => {
  const bytes = Buffer.from('80f090a280', 'hex');
  expect(nameOfBytes(bytes)).toBe('\udc80\u{10880}');
  expect(nameBytes('\udc80\u{10880}').equals(bytes)).toBe(true);
});

test('parts of a path are the parts of its bytes', () => {
  fc.assert(
    fc.property(fc.array(bytesOfNames, { minLength: 1 }), (parts) => {
      const bytes = parts.map((part) => Buffer.from(part.map((byte) => (byte === 0x2f ? 0x5f : byte))));
      const path = nameOfBytes(
        Buffer.concat(bytes.flatMap((part, at) => (at === 0 ? [part] : [Buffer.from('/'), part]))),
      );
      expect(path.split('/')).toEqual(bytes.map(nameOfBytes));
    }),
  );
});

test.each([
  ['plain', 'plain'],
  ['größe 漢字 👩', 'größe 漢字 👩'],
  ['\ufeffmark', '\ufeffmark'],
])('UTF-8 stays text: %s', (text, wanted) => {
  expect(nameOfBytes(Buffer.from(text))).toBe(wanted);
});

test('other bytes are lone surrogates, as in Python', () => {
  expect(nameOfBytes(Buffer.from('caf\xe9', 'latin1'))).toBe('caf\udce9');
  // A surrogate that is encoded as if it were a character is no UTF-8.
  expect(nameOfBytes(Buffer.from('edb3a9', 'hex'))).toBe('\udced\udcb3\udca9');
});
