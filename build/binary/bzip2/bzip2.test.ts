import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bzip2Decompressed } from './bzip2.ts';

/** `bzip2 -1` of 300,000 bytes: `kit`, repeated. Four blocks. */
const packed = Buffer.from(
  'QlpoMTFBWSZTWdhaNJEAgi6BgAAoBAAgADDMBSmnVSEDVSEDVSEDzFBWSZTWdhaNJEAgi6BgAAoBAAgADDMBSmnVSEDVSEDVSEDzFBWS' +
    'ZTWdhaNJEAgi6BgAAoBAAgADDMBSmnVSEDVSEDVSEDzFBWSZTWWbzeRMAABKBgAAoBAAgADDMCappxWKxXi7kinChIOv8zfI',
  'base64',
);
/** `bzip2` of "kit\n". */
const line = Buffer.from('QlpoOTFBWSZTWcOlkd0AAAFBgAAQACgEACAAIZpoM00XPF3JFOFCQw6WR3Q=', 'base64');
/** `bzip2` of nothing. */
const nothing = Buffer.from('425a683917724538509000000000', 'hex');

async function* inPieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const whole = async (bytes: Uint8Array, size = 4096): Promise<Buffer> =>
  Buffer.concat(await Array.fromAsync(bzip2Decompressed(inPieces(bytes, size))));

test.each([1, 100, 1 << 20])('bytes arrive whole, read in pieces of %i bytes', async (size) => {
  expect((await whole(packed, size)).equals(Buffer.alloc(300_000, 'kit'))).toBe(true);
});

test.each([
  ['one', [line], 'kit\n'],
  ['several', [line, nothing, line], 'kit\nkit\n'],
  ['nothing', [nothing], ''],
  ['padded', [line, Buffer.alloc(5000)], 'kit\n'],
])('streams: %s', async (_what, parts, text) => {
  expect((await whole(Buffer.concat(parts))).toString()).toBe(text);
});

test.each([
  ['no stream', Buffer.from('BZh0'), 'it is not in the format of bzip2'],
  ['an empty file', Buffer.alloc(0), 'it is not in the format of bzip2'],
  ['half a stream', line.subarray(0, 30), 'it ends early'],
  ['other bytes behind it', Buffer.concat([line, Buffer.from('more')]), 'it is not in the format of bzip2'],
  ['other bytes behind zeros', Buffer.concat([line, Buffer.alloc(5), Buffer.of(1)]), 'not padding'],
  ['another checksum', Buffer.from(line).fill(0, 10, 12), 'it is damaged: its checksum is another one'],
])('%s is refused', async (_what, bytes, message) => {
  await expect(whole(bytes)).rejects.toThrow(message);
});

test('damaged bytes are refused with a reason', async () => {
  const changes = fc.array(fc.record({ at: fc.nat(packed.length - 1), byte: fc.nat(255) }), { maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(changes, fc.constantFrom(packed, line), async (all, given) => {
      const bytes = Buffer.from(given);
      for (const { at, byte } of all) if (at < bytes.length) bytes[at] = byte;
      const thrown = await whole(bytes).catch((error: unknown) => error);
      if (!Buffer.isBuffer(thrown)) expect(thrown).toBeInstanceOf(RangeError);
    }),
    { numRuns: 300 },
  );
});
