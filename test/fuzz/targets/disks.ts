import { cpioPieces } from '../../../build/binary/cpio/cpio-pieces.ts';
import { readCpio } from '../../../build/binary/cpio/read-cpio.ts';
import { erofsInodes } from '../../../build/binary/erofs/inodes.ts';
import { isoBoots, isoEfiSystemStart } from '../../../build/binary/iso9660/read-el-torito.ts';
import { diskBoots, efiSystemStart } from '../../../build/binary/partitions/read-partitions.ts';
import { readPe } from '../../../build/binary/pe/pe.ts';
import { recognise } from '../../../build/media/recognise.ts';
import { bootSector, efiProgram } from '../../../build/media/testing/boot.ts';
import { gptImage, isoImage, withText } from '../../../build/media/testing/images.ts';
import { openFat } from '../../../lib/volumes/fat.ts';
import { openIso9660 } from '../../../lib/volumes/iso9660.ts';
import { startingAt } from '../../../lib/volumes/random-access.ts';
import { inMemory } from '../../support/in-memory.ts';
import { attempt, attemptAll, attemptLater, check, type Target } from '../target.ts';
import { behind, erofsImage, fatVolumeWith, isoVolumeWith } from '../volumes.ts';

/** The system area of an ISO 9660 volume, which is not part of the inputs. */
const isoStart = 16 * 2048;

export const media: Target = {
  reads: ['build/media/recognise.ts#recognise'],
  seeds: () => [
    gptImage(bootSector('x')).subarray(0, 2048),
    efiProgram('x').subarray(0, 4096),
    withText(1024, [[512, 'conectix']]),
    withText(512, [[0, 'QFI\xfb']]),
    withText(512, [[0, '070701']]),
    withText(512, [[257, 'ustar']]),
  ],
  words: [
    'MZ',
    'PE\0\0',
    'HdrS',
    'ARM\x64',
    'zimg',
    '.linux\0\0',
    'EFI PART',
    'KDMV',
    'hsqs',
    'conectix',
    '070701',
  ],
  run: async (bytes) => {
    check(typeof (await recognise(inMemory(bytes))).kind === 'string', 'every file is of some kind');
  },
};

export const peHeaders: Target = {
  reads: ['build/binary/pe/pe.ts#readPe'],
  seeds: () => [efiProgram('x').subarray(0, 2048)],
  words: ['MZ', 'PE\0\0', '.linux\0\0', '.text\0\0\0'],
  run: (bytes) => {
    const pe = attempt(() => readPe(bytes, 'x.efi'));
    for (const { name } of pe?.sections ?? []) check(name.length <= 8, 'names have eight bytes');
  },
};

export const partitions: Target = {
  reads: [
    'build/binary/partitions/read-partitions.ts#diskBoots',
    'build/binary/partitions/read-partitions.ts#efiSystemStart',
  ],
  seeds: () => [gptImage(bootSector('x')).subarray(0, 2048), bootSector('x')],
  words: ['EFI PART', 'U\xaa'],
  run: (bytes) => {
    diskBoots(bytes);
    const start = efiSystemStart(bytes);
    check(start === undefined || Number.isSafeInteger(start), 'positions are exact');
  },
};

export const elTorito: Target = {
  reads: [
    'build/binary/iso9660/read-el-torito.ts#isoBoots',
    'build/binary/iso9660/read-el-torito.ts#isoEfiSystemStart',
  ],
  seeds: () => [isoImage([0, 0xef]).subarray(isoStart, isoStart + 8192)],
  words: ['CD001', 'EL TORITO SPECIFICATION'],
  maxBytes: 12_288,
  run: async (bytes) => {
    await isoBoots(behind(isoStart, bytes));
    check(((await isoEfiSystemStart(behind(isoStart, bytes))) ?? 0) >= 0, 'positions are no less than 0');
  },
};

export const isoVolume: Target = {
  reads: ['lib/volumes/iso9660.ts#openIso9660', 'lib/volumes/iso9660-descriptor.ts#readDescriptor'],
  seeds: () => [isoVolumeWith(['USER_DATA.;1', 'user-data'])],
  words: ['CD001', 'NM', 'USER_DATA.;1', '%/E', 'CIDATA'],
  maxBytes: 12_288,
  run: async (bytes) => {
    const volume = await openIso9660(behind(isoStart, bytes));
    if (!volume) return;
    await attemptLater(() => volume.label(), RangeError);
    const found = await attemptLater(() => volume.read('user-data', 4096), RangeError);
    check((found?.length ?? 0) <= 4096, 'no file is longer than its limit');
  },
};

export const fatVolume: Target = {
  reads: [
    'lib/volumes/fat.ts#openFat',
    'lib/volumes/fat-layout.ts#fatLayout',
    'lib/volumes/fat-folder.ts#fatEntries',
  ],
  seeds: () => [fatVolumeWith(16), fatVolumeWith(32)],
  words: ['U\xaa', 'USER-D~1   ', 'CIDATA     '],
  maxBytes: 8192,
  run: async (bytes) => {
    const volume = await openFat(behind(0, bytes));
    if (!volume) return;
    await attemptLater(() => volume.label(), RangeError);
    await attemptLater(() => volume.fileBytes('EFI/BOOT/BOOTX64.EFI'), RangeError);
    const found = await attemptLater(() => volume.read('USER-D~1', 4096), RangeError);
    check((found?.length ?? 0) <= 4096, 'no file is longer than its limit');
  },
};

export const erofs: Target = {
  reads: ['build/binary/erofs/inodes.ts#erofsInodes'],
  seeds: () => [erofsImage()],
  words: ['\xe2\xe1\xf5\xe0', '..', 'a/b'],
  maxBytes: 8192,
  run: async (bytes) => {
    // The superblock lies behind a boot sector, which is not part of the inputs.
    for await (const { mode } of limited(erofsInodes(behind(1024, bytes), 'x.erofs'), 1000))
      check(mode >= 0 && mode <= 0xffff, 'a mode has 16 bits');
  },
};

export const cpio: Target = {
  reads: ['build/binary/cpio/read-cpio.ts#readCpio'],
  seeds: () => [
    Buffer.concat(
      cpioPieces([
        { path: 'layers', type: 'directory', mode: 0o755 },
        { path: 'layers/index', type: 'file', mode: 0o644, body: Buffer.from('hello') },
      ]).map((piece) => piece as Uint8Array),
    ),
  ],
  words: ['070701', '070702', 'TRAILER!!!\0', '00000000', 'ffffffff'],
  run: async (bytes) => {
    const source = startingAt(inMemory(bytes), 0);
    for (const { at, bytes: length } of (await attemptAll(() => readCpio(source, 'initrd'))) ?? [])
      check(Number.isSafeInteger(at + length), 'positions are exact');
  },
};

/** The first results of a reader whose declared errors are KitErrors. */
async function* limited<T>(all: AsyncGenerator<T>, most: number): AsyncGenerator<T> {
  let count = 0;
  const iterator = all[Symbol.asyncIterator]();
  for (;;) {
    const next = await attemptLater(() => iterator.next());
    if (!next || next.done) return;
    yield next.value;
    count += 1;
    if (count === most) return;
  }
}
