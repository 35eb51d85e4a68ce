import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch } from '../../../test/support/machine.ts';
import { startTpm } from './start-tpm.ts';

test('a TPM that cannot be started leaves no descriptor open', async () => {
  await using folder = await scratch();
  const launch = { command: { file: 'swtpm', args: [], env: {} }, folder: folder.dir };
  const start = () => startTpm(launch, join(folder.dir, 'nowhere'));
  const open = (): string[] => readdirSync('/proc/self/fd');
  // The first one loads programs.
  await expect(start()).rejects.toThrow('ENOENT');
  const before = open();
  await expect(start()).rejects.toThrow('ENOENT');
  expect(open()).toEqual(before);
});
