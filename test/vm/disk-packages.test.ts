import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { boot, shell } from '../support/machine.ts';

const places = ['/var/data', '/var/box', '/var/plain'];

test("LinuxKit's packages for disks: what was written is there after a power cut", async () => {
  const manifest = join(kitRoot, 'test/vm/disk-packages.yml');
  await using machine = await boot(manifest, { disks: ['size=128M,format=raw', 'size=32M,format=raw'] });
  const seen = await shell(machine, 'cat /proc/swaps; mount');
  const why = await machine.describe(seen);
  for (const place of places) expect(seen, why).toContain(` on ${place} type ext4 `);
  // Of 16 MiB, less the header that is not encrypted.
  expect(seen, why).toMatch(/\/swapfile\s+partition\s+153\d\d\s/);
  expect(await shell(machine, `for at in ${places.join(' ')}; do echo kept >$at/file; done; sync`)).toBe('');
  await machine.cutPower();
  await machine.start();
  const after = await shell(machine, `cat ${places.map((place) => `${place}/file`).join(' ')} /proc/swaps`);
  expect(after, await machine.describe(after)).toMatch(/^kept\nkept\nkept\n[\s\S]*swapfile/);
});
