import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../host/paths.ts';
import { manPages } from './pages.ts';
import { plain } from './roff.ts';

const read = (path: string): string => readFileSync(join(kitRoot, path), 'utf8');
const { version, man } = JSON.parse(read('package.json')) as { version: string; man: string[] };
const pages = await manPages(version);

test.each(pages)('docs/man/$name is what "npm run generate" writes', ({ name, text }) => {
  expect(read(`docs/man/${name}`)).toBe(text);
});

test('docs/man has no other page, and package.json names them all, so that npm installs them', () => {
  const names = pages.map(({ name }) => name).toSorted();
  expect(readdirSync(join(kitRoot, 'docs/man')).toSorted()).toEqual(names);
  expect(man.toSorted()).toEqual(names.map((name) => `./docs/man/${name}`));
});

test('text is neither a request nor an escape', () => {
  expect(plain(".br\n'x \\n a-b `c`")).toBe('\\&.br\n\\(aqx \\en a\\-b \\(gac\\(ga');
});
