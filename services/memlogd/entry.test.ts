import fc from 'fast-check';
import { expect, test } from 'vitest';
import { entryLine } from './entry.ts';
import { queryOf } from './query.ts';

const line = { timeMs: 1_767_225_600_123n, source: 'web', stream: 'stdout', message: 'a "b"\\ü' };

test.each([
  ['stdout', '{"time":"2026-01-01T00:00:00.123Z","source":"web.out","msg":"a \\"b\\"\\\\ü"}\n'],
  ['stderr', '{"time":"2026-01-01T00:00:00.123Z","source":"web","msg":"a \\"b\\"\\\\ü"}\n'],
  ['kit', '{"time":"2026-01-01T00:00:00.123Z","source":"web.kit","msg":"a \\"b\\"\\\\ü"}\n'],
  ['warning', '{"time":"2026-01-01T00:00:00.123Z","source":"web","msg":"a \\"b\\"\\\\ü"}\n'],
])('a line of %s', (stream, expected) => expect(entryLine({ ...line, stream }, 1024)).toBe(expected));

test('an impossible time', () => {
  expect(entryLine({ ...line, timeMs: 2n ** 64n - 1n }, 1024)).toContain('"1970-01-01T00:00:00.000Z"');
});

test('a message is cut between characters, and an entry is always one line of JSON', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'grapheme', maxLength: 60 }),
      fc.integer({ min: 4, max: 80 }),
      (message, max) => {
        const entry = entryLine({ ...line, message }, max);
        expect(entry.indexOf('\n')).toBe(entry.length - 1);
        const { msg } = JSON.parse(entry);
        expect(Buffer.byteLength(msg)).toBeLessThanOrEqual(max);
        expect(message.toWellFormed().startsWith(msg.toWellFormed())).toBe(true);
      },
    ),
  );
});

test('queries', () => {
  expect([0, 1, 2, 3, 48, undefined].map(queryOf)).toEqual([
    { dump: true, follow: false },
    { dump: false, follow: true },
    { dump: true, follow: true },
    ...[undefined, undefined, undefined],
  ]);
});
