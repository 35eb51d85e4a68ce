import fc from 'fast-check';
import { expect, test } from 'vitest';
import { LastLines } from './last-lines.ts';

test('the last lines are kept, whatever the pieces are, and each last one is announced', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-zä]{1,9}$/), { maxLength: 40 }),
      fc.integer({ min: 1, max: 7 }),
      (lines, step) => {
        const seen: string[] = [];
        const kept = new LastLines((line) => seen.push(line));
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''));
        for (let at = 0; at < bytes.length; at += step) kept.add(bytes.subarray(at, at + step));
        expect(kept.tail()).toEqual(lines.slice(-12));
        expect(kept.last()).toBe(lines.at(-1) ?? '');
        expect(seen.at(-1)).toBe(lines.at(-1));
      },
    ),
  );
});

test('a line without an end counts, and one of many megabytes is cut', () => {
  const kept = new LastLines(() => {});
  for (let count = 0; count < 100; count += 1) kept.add(Buffer.alloc(1 << 16, 'x'));
  expect(kept.tail()).toEqual(['x'.repeat(2000)]);
});
