import { expect, test } from 'vitest';
import { type FatEntry, fatEntries } from './fat-folder.ts';

/** An entry of a short name of 11 characters; `flags` is byte 12. */
function short(name: string, flags = 0): Buffer {
  const bytes = Buffer.alloc(32);
  bytes.write(name, 'latin1');
  bytes.set([0x20, flags], 11);
  return bytes;
}

/** One part of a long name. */
function long(order: number, text: string, checksum: number): Buffer {
  const bytes = Buffer.alloc(32);
  const characters = Buffer.alloc(26, 0xff);
  characters.write(`${text}\0`.slice(0, 13), 'utf16le');
  bytes.set([order, ...characters.subarray(0, 10), 0x0f, 0, checksum, ...characters.subarray(10, 22)]);
  characters.copy(bytes, 28, 22);
  return bytes;
}

const namesIn = async (...entries: readonly Buffer[]): Promise<(readonly string[])[]> => {
  async function* pieces(): AsyncGenerator<Buffer> {
    yield Buffer.concat(entries);
  }
  return (await Array.fromAsync(fatEntries(pieces()))).map(({ names }: FatEntry) => names);
};

/** Of `META-D~1   ` and `USER-D~1   `, as mtools writes them. */
const [metaSum, userSum] = [0xd4, 0xb0];
const [meta, user] = [short('META-D~1   '), short('USER-D~1   ')];

test('a long name is that of the file after it', async () => {
  expect(
    await namesIn(long(0x41, 'meta-data', metaSum), meta, long(0x41, 'user-data', userSum), user),
  ).toEqual([
    ['meta-data', 'META-D~1'],
    ['user-data', 'USER-D~1'],
  ]);
  expect(await namesIn(long(0x42, '-things', userSum), long(1, 'user-data-and', userSum), user)).toEqual([
    ['user-data-and-things', 'USER-D~1'],
  ]);
});

test.each([
  ['of another file', [long(0x41, 'user-data', metaSum), user]],
  ['without its first part', [long(1, 'user-data-and', userSum), user]],
  ['without its last part', [long(0x42, '-things', userSum), user]],
  ['with a file between', [long(0x41, 'user-data', userSum), meta, user]],
  ['of a deleted file', [long(0x41, 'user-data', userSum), short('\xe5SER-D~1   '), user]],
])('the parts of a long name %s do not count', async (_case, entries) => {
  expect((await namesIn(...entries)).flat()).not.toContain('user-data');
});

test('a short name may be in lower case', async () => {
  expect(
    await namesIn(short('CONFIG     ', 0x08), short('README  TXT', 0x18), short('A       B  ', 0x10)),
  ).toEqual([['config'], ['readme.txt'], ['A.b']]);
});
