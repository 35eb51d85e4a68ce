import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findProject } from './project.ts';
import { readProjectLock } from './read-lock.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-lock-'));
});
afterEach(() => rmSync(dir, { recursive: true }));

function write(path: string, text = '{}'): void {
  mkdirSync(dirname(join(dir, path)), { recursive: true });
  writeFileSync(join(dir, path), text);
}

test('the nearest lock file is that of a workspace above', () => {
  for (const path of ['package.json', 'package-lock.json', 'packages/app/package.json']) write(path);
  mkdirSync(join(dir, 'packages/app/kit'));
  expect(findProject(join(dir, 'packages/app/kit'))).toMatchObject({
    ...{ root: dir, kind: 'npm', importer: 'packages/app', lockFile: join(dir, 'package-lock.json') },
    considered: expect.arrayContaining([join(dir, 'packages/app/yarn.lock')]),
  });
});

test('of two lock files, packageManager says which counts', () => {
  for (const path of ['package.json', 'package-lock.json', 'pnpm-lock.yaml']) write(path);
  expect(() => findProject(dir)).toThrow('there are "package-lock.json" and "pnpm-lock.yaml"');
  write('package.json', '{"packageManager": "pnpm@10.0.0"}');
  expect(findProject(dir).kind).toBe('pnpm');
});

test("Bun's lock file is named", () => {
  for (const path of ['package.json', 'bun.lock']) write(path);
  expect(() => findProject(dir)).toThrow('kit does not read those of Bun');
});

test.each([
  ['{"dependencies": {"a": "^2"}}', 'it was made for "a" ^1, and package.json asks for ^2'],
  ['{"dependencies": {"a": "^1", "b": "1"}}', 'it does not have "b", which package.json asks for'],
  ['{}', 'it has "a", which package.json no longer asks for'],
])('a lock file of another package.json, %s, is refused', (manifest, message) => {
  write('package.json', manifest);
  const packages = { '': { dependencies: { a: '^1' } }, 'node_modules/a': { version: '1.0.0' } };
  write('package-lock.json', JSON.stringify({ lockfileVersion: 3, packages }));
  expect(() => readProjectLock(findProject(dir), ['a', 'b'])).toThrow(message);
});
