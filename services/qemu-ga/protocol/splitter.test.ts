import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MessageSplitter, messageLimits, type Piece } from './splitter.ts';

/** What one piece after another gives, as text. */
function split(...parts: readonly (string | Buffer)[]): string[] {
  const splitter = new MessageSplitter();
  const show = (piece: Piece): string => ('text' in piece ? String(piece.text) : `? ${piece.fault}`);
  const bytes = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
  return bytes.flatMap((part) => splitter.push(part)).map(show);
}

const discard = Buffer.from([0xff]);

test.each<[string, readonly (string | Buffer)[], readonly string[]]>([
  ['one message', ['{"execute":"guest-ping"}\n'], ['{"execute":"guest-ping"}']],
  ['no newline is needed', ['{"a":1}{"b":2}'], ['{"a":1}', '{"b":2}']],
  ['one in three parts', ['{"a"', ':', '1}'], ['{"a":1}']],
  ['brackets and quotes in a string are text', ['{"a":"}]\\"}{"}'], ['{"a":"}]\\"}{"}']],
  ['a backslash at the end of a part', ['{"a":"\\', '""}'], ['{"a":"\\""}']],
  ['what an earlier host left is discarded', ['{"a":"', discard, '{"b":1}'], ['{"b":1}']],
  ['an array is no message', ['[1]\n{"b":1}'], ['? JSON parse error, expected an object', '{"b":1}']],
  ['a line of text is one fault', ['hello {"a":1}\n{"b":1}'], [expect.stringContaining('? '), '{"b":1}']],
  ['discarding ends a fault too', ['x', discard, '{"b":1}'], [expect.stringContaining('? '), '{"b":1}']],
])('%s', (_title, parts, expected) => {
  expect(split(...parts)).toEqual(expected);
});

test('a message that is too large or too deep is refused, whatever its parts', () => {
  const { bytes, depth } = messageLimits;
  const fits = `{"a":"${'x'.repeat(bytes - 8)}"}`;
  expect(split(fits)).toEqual([fits]);
  const large = `{"a":"${'x'.repeat(bytes)}"}\n{"b":1}`;
  const expected = [`? JSON parse error, a message may have ${bytes} bytes`, '{"b":1}'];
  expect(split(large)).toEqual(expected);
  expect(split(...(large.match(/.{1,999}|\n/g) ?? []))).toEqual(expected);
  expect(split(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)).toHaveLength(1);
  expect(split(`${'{"a":['.repeat(depth)}\n{"b":1}`)).toEqual([
    `? JSON parse error, objects and arrays may be ${depth} deep`,
    '{"b":1}',
  ]);
});

test('messages are the same however their bytes are cut', () => {
  const message = fc.jsonValue({ maxDepth: 3 }).map((value) => Buffer.from(`${JSON.stringify({ value })} `));
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), fc.array(fc.nat(200)), (messages, cuts) => {
      const all = Buffer.concat(messages);
      const places = [0, ...cuts.map((cut) => Math.min(cut, all.length)).sort((a, b) => a - b), all.length];
      const parts = places.slice(1).map((end, index) => all.subarray(places[index], end));
      expect(split(...parts)).toEqual(messages.map((one) => String(one).trim()));
    }),
  );
});
