import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../host/paths.ts';
import { formatNames } from './formats.ts';

test('docs/formats.md has every format, and no other', () => {
  const text = readFileSync(join(kitRoot, 'docs/formats.md'), 'utf8');
  const documented = [...text.matchAll(/^\| `([a-z0-9+-]+)` \|/gm)].map(([, name]) => name);
  expect(documented.toSorted()).toEqual(formatNames.toSorted());
});
