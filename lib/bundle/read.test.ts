import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { readBundles } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-bundles-'));
afterAll(() => rmSync(folder, { recursive: true }));

function bundle(path: string, runtime: string): void {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, path, 'runtime.json'), runtime);
}

test('bundles are in the order of their numbers, which are not part of their names', () => {
  bundle('onboot/010-b', '{"namespace":""}');
  bundle('onboot/002-a', '{"namespace":"own"}');
  bundle('services/001-web', '{}');
  const read = readBundles('onboot', folder).map(({ name, dir, runtime }) => [name, dir, runtime.namespace]);
  expect(read).toEqual([
    ['a', `${folder}/onboot/002-a`, 'own'],
    ['b', `${folder}/onboot/010-b`, 'services.linuxkit'],
  ]);
  expect(readBundles('services', folder).map(({ name }) => name)).toEqual(['001-web']);
  expect(readBundles('onshutdown', folder)).toEqual([]);
});

test('an error names the damaged bundle', () => {
  bundle('onshutdown/000-bye', '{');
  expect(() => readBundles('onshutdown', folder)).toThrow(
    `Cannot read "${folder}/onshutdown/000-bye/runtime.json": `,
  );
});
