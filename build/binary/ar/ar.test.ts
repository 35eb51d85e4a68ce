import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { KitError } from '../../../lib/errors/errors.ts';
import { arBytes, readAr } from './ar.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-ar-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

function fileOf(bytes: Uint8Array | string): string {
  const file = join(dir, 'x.a');
  writeFileSync(file, bytes);
  return file;
}

const small = arBytes({ a: Buffer.from('odd'), 'bb.txt': Buffer.from('even') });

test('members are found at even offsets', async () => {
  expect(await readAr(fileOf(small), 4)).toEqual([
    { name: 'a', offset: 68, size: 3 },
    { name: 'bb.txt', offset: 132, size: 4 },
  ]);
});

test('as GNU ar writes it: names end with a slash', async () => {
  const header = `a.o/            1764000000  1000  1000  100644  3         \`\n`;
  expect(await readAr(fileOf(`!<arch>\n${header}abc\n`), 4)).toEqual([{ name: 'a.o', offset: 68, size: 3 }]);
});

test.each([
  ['nothing', '', 'it is not an ar archive'],
  ['other bytes', '\x7fELF and so on', 'it is not an ar archive'],
  ['a header that is cut off', small.subarray(0, 30), 'its header at byte 8 is damaged'],
  ['a member that is cut off', small.subarray(0, 70), 'it ends in the middle of "a"'],
  [
    'a size that is no number',
    small.toString('latin1').replace('3   ', '-3  '),
    'its header at byte 8 is damaged',
  ],
  ['more members than expected', arBytes({ a: small, b: small, c: small }), 'it has more than 2 members'],
])('%s is refused', async (_title, bytes, reason) => {
  const file = fileOf(bytes);
  await expect(readAr(file, 2)).rejects.toThrow(`Cannot read archive "${file}": ${reason}`);
});

test('any bytes are read or refused', async () => {
  const damaged = fc.tuple(fc.nat(small.length - 1), fc.nat(255)).map(([at, byte]) => {
    const bytes = Buffer.from(small);
    bytes[at] = byte;
    return bytes;
  });
  await fc.assert(
    fc.asyncProperty(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), async (bytes) => {
      const found = await readAr(fileOf(bytes), 4).catch((thrown: unknown) => thrown);
      expect(found instanceof KitError || Array.isArray(found)).toBe(true);
    }),
  );
});
