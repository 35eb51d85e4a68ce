import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readIcuPackage, writeIcuPackage } from './icu-package.ts';
import { icuHeader, icuPackageOf } from './testing.ts';

const contents = (bytes: Buffer) =>
  readIcuPackage(bytes)?.items.map(({ name, data }) => [name, data.toString('latin1').replace(/\0+$/, '')]);

test('items have names and data, and an empty one follows them', () => {
  expect(contents(icuPackageOf('brkitr/root.res', 'zoneinfo64.res'))).toEqual([
    ['icudt78l/brkitr/root.res', 'of brkitr/root.res'],
    ['icudt78l/zoneinfo64.res', 'of zoneinfo64.res'],
    ['icudt78l/~', ''],
  ]);
});

test('what is written is read again, with data at multiples of 16 bytes', () => {
  const name = fc.string({ minLength: 1, maxLength: 40, unit: fc.constantFrom(...'abz_/.09') });
  const item = fc.tuple(name, fc.uint8Array({ maxLength: 100 }));
  fc.assert(
    fc.property(fc.uniqueArray(item, { selector: ([text]) => text, minLength: 1 }), (pairs) => {
      const items = pairs
        .map(([text, data]) => ({ name: `icudt78l/${text}`, data: Buffer.from(data) }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const bytes = writeIcuPackage({ header: icuHeader, items });
      const read = readIcuPackage(bytes);
      expect(read?.header).toEqual(icuHeader);
      expect(read?.items.slice(0, -1).map((one) => one.name)).toEqual(items.map((one) => one.name));
      for (const [at, { data }] of items.entries()) {
        const found = read?.items[at]?.data ?? Buffer.alloc(0);
        expect(found.subarray(0, data.length)).toEqual(data);
        expect(found.length % 16).toBe(0);
        expect((found.byteOffset - bytes.byteOffset) % 16).toBe(0);
      }
    }),
  );
});

test.each([
  ['nothing', (good: Buffer) => good.subarray(0, 0)],
  ['data of big-endian processors', (good: Buffer) => good.fill(1, 8, 9)],
  ['another kind of data', (good: Buffer) => good.fill('ResB', 12, 16)],
  ['a header beyond the end', changed(0, 0x27daffff)],
  ['no items', changed(64, 0)],
  ['more items than there is room for', changed(64, 0xffffffff)],
  ['a name beyond the end', changed(68, 0xffff)],
  ['data that goes backwards', changed(72, 0xffff)],
  ['a name twice', (good: Buffer) => good.copyWithin(76, 68, 72)],
])('%s is no package', (_, damage) => {
  expect(readIcuPackage(damage(icuPackageOf('a.res', 'b.res')))).toBeUndefined();
});

/** Another number at an offset. */
function changed(at: number, value: number): (good: Buffer) => Buffer {
  return (good) => {
    good.writeUInt32LE(value, at);
    return good;
  };
}

test('whatever is damaged, items lie within the package', () => {
  const good = icuPackageOf('a.res', 'b/c.res', 'd.cnv');
  const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 8 });
  fc.assert(
    fc.property(damage, fc.nat(good.length), (changes, length) => {
      const bytes = Buffer.from(good.subarray(0, length));
      for (const [at, value] of changes) if (at < length) bytes[at] = value;
      const sum = readIcuPackage(bytes)?.items.reduce((total, { data }) => total + data.length, 0) ?? 0;
      expect(sum).toBeLessThanOrEqual(length);
    }),
  );
});
