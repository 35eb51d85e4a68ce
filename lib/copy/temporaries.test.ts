import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { removeDeadTemporaries, temporaryName } from './temporaries.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-temporaries-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('what a killed copy left is removed once it is old, and nothing else', async () => {
  const kept = ['.kit-cp-', '.kit-cp-0123456789abc', 'kit-cp-0123456789ab', 'web'];
  const names = [temporaryName(), temporaryName()];
  for (const name of [...names, ...kept]) writeFileSync(join(folder, name), '');
  mkdirSync(join(folder, '.kit-cp-aaaaaaaaaaaa'));
  await removeDeadTemporaries(folder);
  expect(readdirSync(folder)).toHaveLength(7);
  await removeDeadTemporaries(folder, Date.now() + 11 * 60_000);
  // A folder is no temporary file.
  expect(readdirSync(folder).sort()).toEqual([...kept, '.kit-cp-aaaaaaaaaaaa'].sort());
  await removeDeadTemporaries(join(folder, 'gone'));
});
