import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { guards } from '../guards/guards.ts';
import { attacksPage } from '../guards/page.ts';

const textOf = (file: string): string => readFileSync(join(kitRoot, file), 'utf8');

test.each(guards)('the attack $id has its test, and the code that withstands it is there', (guard) => {
  const { test: file, title, without, shows } = guard;
  expect(textOf(file).includes(title), `${file} has no test "${title}"`).toBe(true);
  expect(shows).not.toBe('');
  expect(without).not.toEqual([]);
  // What `npm run guards` takes out must be there once; when it has moved, its row moves with it.
  for (const { file, code } of without)
    expect(textOf(file).split(code).length - 1, `${file}: ${code}`).toBe(1);
});

test('the names are unique, and the page is that of the table', async () => {
  expect(new Set(guards.map(({ id }) => id)).size).toBe(guards.length);
  await expect(attacksPage()).toMatchFileSnapshot(join(kitRoot, 'docs/attacks.md'));
});
