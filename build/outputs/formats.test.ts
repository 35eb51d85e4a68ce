import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../host/paths.ts';
import { formatNames, formats } from './formats.ts';
import { suffixesOf } from './kernel-files.ts';

/** The rows of the table of docs/formats.md: format, file, starts by, the root file system is. */
const documented = readFileSync(join(kitRoot, 'docs/formats.md'), 'utf8')
  .split('\n')
  .flatMap((line) => (/^\| `[a-z0-9+-]+` \|/.test(line) ? [line.split('|').map((cell) => cell.trim())] : []))
  .map(([, name = '', file = '', , root = '']) => ({ name: name.replaceAll('`', ''), file, root }));

test('docs/formats.md has every format, and no other', () => {
  expect(documented.map(({ name }) => name).toSorted()).toEqual(formatNames.toSorted());
  expect(new Set(formatNames).size).toBe(formats.length);
});

test.each(formats)('$name: docs/formats.md has its files and where its root is', (format) => {
  const row = documented.find(({ name }) => name === format.name);
  const kernelFiles = format.hasKernelFiles && row?.file.startsWith('the same with');
  const suffixes = kernelFiles ? [format.suffix] : suffixesOf(format);
  for (const suffix of suffixes) expect(row?.file).toContain(`\`NAME${suffix}\``);
  if (format.root === 'none') expect(row?.root).toBe('');
  if (format.root === 'medium') expect(row?.root).toMatch(/^on a |^the medium$/);
  if (format.root === 'memory' && format.run) expect(row?.root).toBe('in memory');
});

test.each(formats)('$name: the row has exactly one way to write its file', (format) => {
  const ways = [format.stream, format.content, format.makeMedium].filter((way) => way !== undefined);
  expect(ways).toHaveLength(format.suffix === undefined ? 0 : 1);
  expect(suffixesOf(format)).not.toEqual([]);
  // `kit run` finds these by NAME-kernel.
  if (format.run !== undefined && format.run !== 'file') expect(format.hasKernelFiles).toBe(true);
});
