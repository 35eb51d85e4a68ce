import { Readable } from 'node:stream';

/**
 * Decompresses an xz stream in WebAssembly, without any program of the host. One stream at a time: another
 * one waits until this one is read to its end or left.
 * @throws Error with a reason for people
 */
export async function* xzDecompressed(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  // A CommonJS module whose exports Node does not see; loaded here, since few commands unpack anything.
  const { XzReadableStream } = (await import('xz-decompress')).default;
  const input = Readable.from(pieces(packed));
  const stream = new XzReadableStream(Readable.toWeb(input) as ReadableStream<Uint8Array>);
  try {
    for await (const piece of stream) yield Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
  } catch (thrown) {
    throw input.errored ?? new Error(reason(thrown), { cause: thrown });
  } finally {
    input.destroy();
  }
}

/** The library ends with a TypeError when there are no bytes at all. */
async function* pieces(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const piece of packed) {
    size += piece.length;
    if (piece.length > 0) yield piece;
  }
  if (size === 0) yield Buffer.of(0);
}

/** enum xz_ret of xz-embedded (xz.h). */
const reasons: Readonly<Record<string, string>> = {
  2: 'its checksums are of a kind that is not supported',
  3: 'it needs too much memory',
  4: 'it needs too much memory',
  5: 'it is not in the format of xz',
  6: 'it was made with options that are not supported',
  7: 'it is damaged',
  8: 'it ends early',
};

function reason(thrown: unknown): string {
  const text = String(thrown);
  return reasons[/error code (\d)$/.exec(text)?.[1] ?? ''] ?? `it cannot be decompressed (${text})`;
}
