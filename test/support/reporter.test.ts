import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { skippedLines } from './reporter.ts';

const skip = (relativeModuleId: string, skipped?: string) => ({
  meta: () => (skipped === undefined ? {} : { skipped }),
  module: { relativeModuleId },
});

test('prints a line per reason with count and files, and none for tests deselected by name', () => {
  const namespaces = 'needs root, for network namespaces';
  const tests = [
    skip('b.test.ts', namespaces),
    skip('a.test.ts', namespaces),
    skip('b.test.ts', namespaces),
    skip('a.test.ts', 'needs apt'),
    skip('c.test.ts'),
  ];
  expect(skippedLines(tests)).toEqual([
    `Skipped 3: ${namespaces} (a.test.ts, b.test.ts)`,
    'Skipped 1: needs apt (a.test.ts)',
  ]);
});

test('every skipped test has a reason', async () => {
  const files = await Array.fromAsync(glob('{build,init,services,lib,test}/**/*.test.ts', { cwd: kitRoot }));
  expect(files.length).toBeGreaterThan(100);
  const other = /\b(?:test|describe|it|context)\.(?:skip|todo|skipIf|runIf)\b|\bskip:|getuid/;
  const wrong = files.filter((file) => other.test(readFileSync(join(kitRoot, file), 'utf8')));
  expect(wrong).toEqual(['test/support/reporter.test.ts']);
});
