import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { boot, scratch } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

/** One build for all formats: in one run they share kernel, initrd and disks. */
const formats = {
  'raw-bios': '-bios.img',
  'raw-efi': '-efi.img',
  'qcow2-bios': '.qcow2',
  uki: '.efi',
} as const;

let folder: Awaited<ReturnType<typeof scratch>>;

beforeAll(async () => {
  folder = await scratch();
  const wanted = Object.keys(formats).flatMap((format) => ['--format', format]);
  const manifest = join(kitRoot, 'examples/minimal.yml');
  const { status, stderr } = await kit('build', '--name', 'disk', '--dir', folder.dir, ...wanted, manifest);
  expect([status, stderr]).toEqual([0, expect.any(String)]);
});

afterAll(() => folder?.[Symbol.asyncDispose]());

describe.each(Object.entries(formats))('%s', (format, ending) => {
  test('boots from its firmware, and every service becomes ready', async () => {
    const image = join(folder.dir, `disk${ending}`);
    expect(existsSync(image)).toBe(true);
    await using machine = await boot(image);
    const { services } = await machine.status();
    expect(services.map(({ name, state }) => [name, state])).toEqual([
      ['dhcp', 'ready'],
      ['getty', 'ready'],
    ]);
    const { stdout } = await kit('exec', machine.name, '--host', 'ls', '/sys/firmware');
    expect(stdout.split('\n').includes('efi')).toBe(format === 'raw-efi' || format === 'uki');
    expect((await kit('exec', machine.name, '--host', 'cat', '/proc/cmdline')).stdout).toMatch(
      /console=ttyS0 .*quiet/,
    );
  });
});
