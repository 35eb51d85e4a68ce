import { constants, zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inMemory } from '../../../test/support/in-memory.ts';
import { isZstdFrame, readZstdFrame, zstdFrame } from './frame.ts';

const most = 1 << 20;

test('a frame is read again with its length, whatever follows it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 5000 }),
      fc.uint8Array({ maxLength: 50 }),
      async (content, rest) => {
        const frame = zstdFrame(content);
        expect(isZstdFrame(frame)).toBe(true);
        const file = inMemory(Buffer.concat([Buffer.alloc(8), frame, rest]));
        expect(await readZstdFrame(file, 8, most)).toEqual({
          bytes: frame.length,
          content: Buffer.from(content),
        });
      },
    ),
  );
});

test.each([
  ['many blocks', Buffer.from(Array.from({ length: 400_000 }, (_, at) => (at * at) >> 7)), {}],
  ['repeated bytes', Buffer.alloc(300_000, 'a'), {}],
  ['a checksum', Buffer.from('hello'), { [constants.ZSTD_c_checksumFlag]: 1 }],
  ['no length of the content', Buffer.alloc(70_000, 'ab'), { [constants.ZSTD_c_contentSizeFlag]: 0 }],
])('a frame with %s', async (_, content, params) => {
  const frame = zstdCompressSync(content, { params });
  const file = inMemory(Buffer.concat([frame, Buffer.from('070701')]));
  expect(await readZstdFrame(file, 0, most)).toEqual({ bytes: frame.length, content });
});

test('what is damaged, cut off or too large is none', async () => {
  const frame = zstdFrame(Buffer.alloc(2000, 'abc'));
  expect(await readZstdFrame(inMemory(frame.subarray(0, -1)), 0, most)).toBeUndefined();
  expect(await readZstdFrame(inMemory(frame.subarray(0, 7)), 0, most)).toBeUndefined();
  expect(await readZstdFrame(inMemory(Buffer.from('070701')), 0, most)).toBeUndefined();
  expect(await readZstdFrame(inMemory(Buffer.alloc(0)), 0, most)).toBeUndefined();
  expect(await readZstdFrame(inMemory(frame), 0, 1999)).toBeUndefined();
  expect(await readZstdFrame(inMemory(frame), 0, 10)).toBeUndefined();
});
