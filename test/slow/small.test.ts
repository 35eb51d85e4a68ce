import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { boot, scratch } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

test('an image of kit build --small is smaller, and boots', async () => {
  await using folder = await scratch();
  const build = async (name: string, ...flags: readonly string[]): Promise<string> => {
    const { status, stderr } = await kit(
      'build',
      ...flags,
      '--dir',
      folder.dir,
      '--name',
      name,
      'examples/minimal.yml',
    );
    expect(status, stderr).toBe(0);
    return stderr;
  };
  await build('plain');
  expect(await build('small', '--small')).toMatch(/--small: \d+ layers are compressed by LZMA/);
  const sizeOf = (name: string): number => statSync(join(folder.dir, `${name}-initrd.img`)).size;
  expect(sizeOf('small')).toBeLessThan(0.9 * sizeOf('plain'));
  await using machine = await boot(join(folder.dir, 'small'), { timeoutMs: 900_000 });
  const { services } = await machine.status();
  expect(services.map(({ state }) => state)).not.toContain('failed');
  expect(await machine.exec('sh', ['-c', 'mount | grep -c "type erofs"'])).toMatchObject({ status: 0 });
});
