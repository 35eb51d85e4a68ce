import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { isGenerated, sourcesIn, textOf } from './sources.ts';

const { formatter } = JSON.parse(readFileSync(join(kitRoot, 'biome.json'), 'utf8')) as {
  readonly formatter: { readonly lineWidth: number };
};

const sources = ['build', 'init', 'services', 'lib', 'test', 'examples']
  .flatMap(sourcesIn)
  .filter((path) => !isGenerated(path));

/** Files that the formatter does not change; it wraps code, but not comments. */
const isComment = (line: string): boolean => /^\s*(?:\/\/|\/\*|\*)/.test(line) || /\S\s+\/\/ /.test(line);

test('comments are at most as wide as the formatter makes code', () => {
  const wide = sources.flatMap((path) =>
    textOf(path)
      .split('\n')
      .flatMap((line, at) =>
        isComment(line) && [...line].length > formatter.lineWidth ? [`${path}:${at + 1}`] : [],
      ),
  );
  expect(wide).toEqual([]);
});

test('members are hidden only with #name', () => {
  const keyword = /^\s+(?:private|protected)\s/m;
  expect(sources.filter((path) => keyword.test(textOf(path)))).toEqual([]);
});
