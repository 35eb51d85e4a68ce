import fc from 'fast-check';
import { expect, test } from 'vitest';
import { FrameSplitter, maxFrameBytes, withLength } from './frame-stream.ts';

test('frames arrive whole, however the stream is cut', () => {
  const bytes = fc.uint8Array({ maxLength: 40 }).map((array) => Buffer.from(array));
  fc.assert(
    fc.property(fc.array(bytes, { maxLength: 10 }), fc.array(fc.nat(60)), (frames, cuts) => {
      const stream = Buffer.concat(frames.map(withLength));
      const splitter = new FrameSplitter();
      const seen: Buffer[] = [];
      let at = 0;
      for (const cut of [...cuts, stream.length]) {
        seen.push(...splitter.push(stream.subarray(at, at + cut)));
        at = Math.min(stream.length, at + cut);
      }
      expect(seen).toEqual(frames);
    }),
  );
});

test('a length that no frame has is refused', () => {
  const prefix = Buffer.alloc(4);
  prefix.writeUInt32BE(maxFrameBytes + 1);
  expect(() => new FrameSplitter().push(prefix)).toThrow(RangeError);
});
