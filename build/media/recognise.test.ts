import fc from 'fast-check';
import { expect, test } from 'vitest';
import { inMemory } from '../../test/support/in-memory.ts';
import { type Recognised, recognise } from './recognise.ts';
import { bootSector, efiProgram } from './testing/boot.ts';
import { gptImage, isoImage, withText } from './testing/images.ts';

const both = { bios: true, uefi: true };
const bios = { bios: true, uefi: false };
const uefi = { bios: false, uefi: true };
const mbr = withText(512, [[510, '\x55\xaa']]);
const footer = withText(1024, [[512, 'conectix']]);

test.each<[string, Buffer, Recognised]>([
  ['a disk with boot code', bootSector('x'), { kind: 'disk', format: 'raw', boots: bios }],
  ['a disk with an EFI system partition', gptImage(mbr), { kind: 'disk', format: 'raw', boots: uefi }],
  ['a disk with both', gptImage(bootSector('x')), { kind: 'disk', format: 'raw', boots: both }],
  [
    'an EFI system partition in an MBR',
    withText(512, [
      [446 + 16 + 4, '\xef'],
      [510, '\x55\xaa'],
    ]),
    { kind: 'disk', format: 'raw', boots: uefi },
  ],
  ['a disk with nothing to start', mbr, { kind: 'unknown' }],
  ['qcow2', withText(512, [[0, 'QFI\xfb']]), { kind: 'disk', format: 'qcow2', boots: undefined }],
  ['vmdk', withText(512, [[0, 'KDMV']]), { kind: 'disk', format: 'vmdk', boots: undefined }],
  ['vhd, by its footer', footer, { kind: 'disk', format: 'vhd', boots: undefined }],
  ['an ISO for BIOS', isoImage([0]), { kind: 'iso', boots: bios }],
  ['an ISO for UEFI', isoImage([0xef]), { kind: 'iso', boots: uefi }],
  ['an ISO for both', isoImage([0, 0xef]), { kind: 'iso', boots: both }],
  ['an ISO that boots nothing', isoImage([]), { kind: 'iso', boots: { bios: false, uefi: false } }],
  ['an EFI program with a kernel in it', efiProgram('x'), { kind: 'efi', arch: 'amd64' }],
  [
    'a kernel of amd64',
    withText(1024, [
      [0, 'MZ'],
      [0x202, 'HdrS'],
    ]),
    { kind: 'kernel', arch: 'amd64' },
  ],
  [
    'a kernel of arm64',
    withText(1024, [
      [0, 'MZ'],
      [56, 'ARM\x64'],
    ]),
    { kind: 'kernel', arch: 'arm64' },
  ],
  ['an initrd', withText(512, [[0, '070701']]), { kind: 'cpio' }],
  ['gzip', withText(512, [[0, '\x1f\x8b']]), { kind: 'gzip' }],
  ['tar', withText(512, [[257, 'ustar']]), { kind: 'tar' }],
  ['squashfs', withText(2048, [[0, 'hsqs']]), { kind: 'file system', type: 'squashfs' }],
  ['erofs', withText(2048, [[1024, '\xe2\xe1\xf5\xe0']]), { kind: 'file system', type: 'erofs' }],
  [
    'a disk that xz has compressed',
    withText(512, [[0, '\xfd7zXZ\0']]),
    { kind: 'other', what: 'compressed by xz', program: 'xz' },
  ],
  ['nothing', Buffer.alloc(0), { kind: 'unknown' }],
  ['text', Buffer.from('kernel:\n'), { kind: 'unknown' }],
])('%s', async (_title, bytes, expected) => {
  expect(await recognise(inMemory(bytes))).toEqual(expected);
});

test('any bytes are recognised without an exception', async () => {
  const seeds = [gptImage(mbr), isoImage([0, 0xef]), efiProgram('x'), footer];
  const damage = fc.array(fc.tuple(fc.nat(40_000), fc.nat(255)), { maxLength: 40 });
  const property = fc.asyncProperty(
    fc.constantFrom(...seeds),
    damage,
    fc.nat(40_000),
    async (seed, hits, end) => {
      const bytes = Buffer.from(seed.subarray(0, end));
      for (const [at, byte] of hits) if (at < bytes.length) bytes[at] = byte;
      expect((await recognise(inMemory(bytes))).kind).toBeTypeOf('string');
    },
  );
  await fc.assert(property, { numRuns: 300 });
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 2000 }), async (bytes) => {
      expect((await recognise(inMemory(bytes))).kind).toBeTypeOf('string');
    }),
  );
});
