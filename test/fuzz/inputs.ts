import fc from 'fast-check';
import type { Target } from './target.ts';

/**
 * Inputs of a target: its own generator's, its seeds with damage, its keywords in any order, and any bytes.
 */
export async function inputsOf(target: Target): Promise<fc.Arbitrary<Buffer>> {
  const { words = [], maxBytes = defaultMaxBytes } = target;
  const seeds = await target.seeds();
  const own = target.inputs?.();
  const all = fc.oneof(
    ...(own ? [{ weight: 4, arbitrary: own }] : []),
    { weight: 4, arbitrary: damaged(fc.constantFrom(...seeds), words) },
    ...(own ? [{ weight: 2, arbitrary: damaged(own, words) }] : []),
    { weight: 2, arbitrary: sentence(words) },
    { weight: 1, arbitrary: anyBytes(64) },
  );
  return all.map((bytes) => bytes.subarray(0, maxBytes));
}

export const defaultMaxBytes = 4096;

const anyBytes = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes));

/** Bytes that parsers treat in a special way, of most formats. */
const marks = [
  '\0',
  '\n',
  '\r\n',
  ' ',
  '\t',
  ':',
  '=',
  ',',
  '"',
  "'",
  '/',
  '..',
  '-1',
  '0',
  '9'.repeat(20),
  '\xff',
];

const word = (words: readonly string[]): fc.Arbitrary<Buffer> =>
  fc.oneof(
    {
      weight: 3,
      arbitrary: fc.constantFrom(...(words.length > 0 ? words : marks)).map((text) => Buffer.from(text)),
    },
    { weight: 2, arbitrary: fc.constantFrom(...marks).map((text) => Buffer.from(text, 'latin1')) },
    { weight: 1, arbitrary: anyBytes(8) },
  );

const sentence = (words: readonly string[]): fc.Arbitrary<Buffer> =>
  fc.array(word(words), { maxLength: 24 }).map((parts) => Buffer.concat(parts));

/**
 * Up to six places at which bytes are removed, inserted, replaced or repeated; then perhaps the end is
 * missing.
 */
function damaged(seeds: fc.Arbitrary<Buffer>, words: readonly string[]): fc.Arbitrary<Buffer> {
  const place = fc.double({ min: 0, max: 1, noNaN: true });
  const edit = fc.record({ place, cut: fc.nat(8), put: word(words), times: fc.constantFrom(1, 1, 1, 2, 50) });
  const end = fc.option(place, { nil: 1 });
  return fc.tuple(seeds, fc.array(edit, { maxLength: 6 }), end).map(([seed, edits, kept]) => {
    let bytes = seed;
    for (const { place: at, cut, put, times } of edits) {
      const start = Math.floor(at * bytes.length);
      const inserted = Array.from({ length: times }, () => put);
      bytes = Buffer.concat([bytes.subarray(0, start), ...inserted, bytes.subarray(start + cut)]);
    }
    return bytes.subarray(0, Math.ceil(kept * bytes.length));
  });
}
