import { bootSector } from '../../../build/media/testing/boot.ts';
import { gptImage } from '../../../build/media/testing/images.ts';
import { readSeed, whyNoSeed } from '../../../lib/metadata/seed/seed.ts';
import { vendorDataOf } from '../../../lib/metadata/seed/vendor-data.ts';
import { openVolumes } from '../../../lib/volumes/open-volume.ts';
import { otherFileSystem } from '../../../lib/volumes/other-file-system.ts';
import { partitionsOf } from '../../../lib/volumes/partitions.ts';
import { openUdf } from '../../../lib/volumes/udf/udf.ts';
import { attempt, attemptLater, check, type Target, texts } from '../target.ts';
import { udfBlocks, udfDisk, withSums } from '../udf.ts';
import { behind, fatVolumeWith } from '../volumes.ts';

/** A disk or a volume as the metadata service finds it. */
export const dataVolume: Target = {
  reads: [
    'lib/volumes/open-volume.ts#openVolumes',
    'lib/volumes/partitions.ts#partitionsOf',
    'lib/volumes/other-file-system.ts#otherFileSystem',
    'lib/metadata/seed/seed.ts#readSeed',
  ],
  seeds: () => [
    fatVolumeWith(16),
    Buffer.concat([gptImage(bootSector('x')).subarray(0, 2048), fatVolumeWith(16)]),
    Buffer.concat([Buffer.alloc(1080), Buffer.from('53ef', 'hex'), Buffer.alloc(80, 'a')]),
    Buffer.concat([Buffer.alloc(3), Buffer.from('EXFAT   '), Buffer.alloc(501), Buffer.alloc(512)]),
  ],
  words: [
    'EFI PART',
    'U\xaa',
    'EXFAT   ',
    'XFSB',
    'NTFS    ',
    'BEA01',
    'NSR02',
    'CIDATA     ',
    'USER-D~1   ',
  ],
  maxBytes: 8192,
  run: async (bytes) => {
    const disk = behind(0, bytes);
    for (const { start } of partitionsOf(bytes)) check(Number.isSafeInteger(start), 'positions are exact');
    await attemptLater(() => otherFileSystem(disk), RangeError);
    for (const volume of (await attemptLater(() => openVolumes(disk), RangeError)) ?? []) {
      await attemptLater(() => volume.names(), RangeError);
      await attemptLater(() => readSeed(volume), RangeError);
      await attemptLater(() => whyNoSeed(volume, true), RangeError);
    }
  },
};

/** From the anchor of a UDF volume on; its tags have sums, which are mended in a second attempt. */
export const udfVolume: Target = {
  reads: ['lib/volumes/udf/udf.ts#openUdf', 'lib/volumes/udf/file.ts#readFileEntry'],
  seeds: () => [udfBlocks()],
  words: ['\x08user-data', '\x01\x06\x01\0\0\0', 'NSR03'],
  maxBytes: 8192,
  run: async (bytes) => {
    for (const disk of [udfDisk(bytes), udfDisk(withSums(bytes))]) {
      const volume = await attemptLater(() => openUdf(disk), RangeError);
      if (volume === undefined) continue;
      await attemptLater(() => volume.label(), RangeError);
      await attemptLater(() => volume.names(), RangeError);
      const content = await attemptLater(() => volume.read('user-data', 4096), RangeError);
      check((content?.length ?? 0) <= 4096, 'a file is within the limit');
      await attemptLater(() => readSeed(volume), RangeError);
    }
  },
};

export const vendorData: Target = {
  reads: ['lib/metadata/seed/vendor-data.ts#vendorDataOf'],
  seeds: () =>
    texts(
      '{"cloud-init": "#cloud-config\\n{}"}',
      '{"cloud-init": ["a", {"b": "c"}]}',
      '{"cloud-init": {"a": 1}}',
    ),
  words: ['"cloud-init":', '[', '{', 'null', '!!binary ', '&a ', '*a'],
  run: (bytes) => {
    const found = attempt(() => vendorDataOf('vendor_data.json', bytes));
    check(found === undefined || Buffer.isBuffer(found), 'vendor data is bytes');
  },
};
