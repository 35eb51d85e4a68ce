import { expect, test } from 'vitest';
import { isTest, sourcesIn, textOf } from './sources.ts';

/** The arguments of each call, from its opening parenthesis to the one that closes it. */
function callsOf(text: string, name: RegExp): string[] {
  return [...text.matchAll(name)].map(({ index, 0: { length } }) => {
    let depth = 1;
    let end = index + length;
    for (; depth > 0 && end < text.length; end += 1) {
      if (text[end] === '(') depth += 1;
      if (text[end] === ')') depth -= 1;
    }
    return text.slice(index, end);
  });
}

test('tests wait as long as a busy host takes: the limit of Vitest is a second', () => {
  const sources = ['build', 'services', 'init', 'lib', 'test'].flatMap((folder) => sourcesIn(folder));
  const waits = /\b(?:vi\.waitFor|vi\.waitUntil|expect\s*\.poll)\(/g;
  const short = sources.filter(isTest).flatMap((path) =>
    callsOf(textOf(path), waits)
      // The limit, or the name of one, is the last argument.
      .filter((call) => !/,\s*(?:\{[^()]*\}|[a-zA-Z]+|\w+\([^()]*\)),?\s*\)$/.test(call))
      .map((call) => `${path}: ${call}`),
  );
  expect(short).toEqual([]);
});
