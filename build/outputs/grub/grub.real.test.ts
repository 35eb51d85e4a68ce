import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { testWork } from '../../testing.ts';
import { grubBios } from './grub.ts';
import { grubConfig } from './grub-config.ts';

test.each(['disk', 'cd'] as const)(
  'GRUB for a %s fits before the first partition',
  async (medium) => {
    const { boot, core } = await grubBios(medium, testWork());
    expect(boot.length).toBe(440);
    expect(core.bytes).toBeLessThan(1 << 20);
    const first = readFileSync(core.file).subarray(0, 512);
    // diskboot.S: the list of what else to read ends the sector: from sector 2 on, so many of them, to
    // 0x820:0.
    if (medium === 'disk') {
      expect([first.readUInt32LE(500), first.readUInt16LE(508)]).toEqual([
        2,
        Math.ceil(core.bytes / 512) - 1,
      ]);
      expect(boot.readBigUInt64LE(0x5c)).toBe(1n);
      expect(boot.readUInt16LE(0x66)).toBe(0x9090);
    }
  },
  300_000,
);

test.each([
  ['console=ttyS0 quiet', 'linux /kernel console=ttyS0 quiet'],
  ['  a\tb ', 'linux /kernel a b'],
  ['init=$x;y {z}', "linux /kernel 'init=$x;y' '{z}'"],
  ['dyndbg="file x +p" a', "linux /kernel 'dyndbg=file x +p' a"],
  ['', 'linux /kernel'],
])('the words of "%s" reach the kernel', (cmdline, expected) => {
  expect(grubConfig({ kernel: '/kernel' }, cmdline)).toContain(`\nif ${expected}; then\nboot\nfi\n`);
});

test('a word that GRUB would change is refused', () => {
  expect(() => grubConfig({ kernel: '/kernel' }, "a='b'")).toThrow(`with "a='b'" from GRUB`);
});
