import { cpioPieces } from '../../../build/binary/cpio/cpio-pieces.ts';
import { readCpio } from '../../../build/binary/cpio/read-cpio.ts';
import { erofsInodes } from '../../../build/binary/erofs/inodes.ts';
import { isoBoots, isoEfiSystemStart } from '../../../build/binary/iso9660/read-el-torito.ts';
import { diskBoots, efiSystemStart } from '../../../build/binary/partitions/read-partitions.ts';
import { readPe } from '../../../build/binary/pe/pe.ts';
import { zstdFrame } from '../../../build/binary/zstd/frame.ts';
import { recognise } from '../../../build/media/recognise.ts';
import { bootSector, efiProgram } from '../../../build/media/testing/boot.ts';
import { gptImage, isoImage, withText } from '../../../build/media/testing/images.ts';
import { parseTpmToken } from '../../../lib/disks/keys/tpm-token.ts';
import { parseBlkid } from '../../../lib/disks/observe/parse-blkid.ts';
import { parseLuksHeader } from '../../../lib/disks/programs/luks.ts';
import { parseWith } from '../../../lib/disks/programs/parse-json.ts';
import { parsePartitionTable } from '../../../lib/disks/programs/partition-table.ts';
import { parseStorageKey, storageTemplate } from '../../../lib/tpm/public-area.ts';
import { parseResponse } from '../../../lib/tpm/response.ts';
import { TpmError } from '../../../lib/tpm/wire.ts';
import { openFat } from '../../../lib/volumes/fat.ts';
import { gptEntry, gptSectors, guidBytes, linuxTypes, readGpt } from '../../../lib/volumes/gpt.ts';
import { openIso9660 } from '../../../lib/volumes/iso9660.ts';
import { startingAt } from '../../../lib/volumes/random-access.ts';
import { swapCondition } from '../../../services/swap/condition.ts';
import { inMemory } from '../../support/in-memory.ts';
import { attempt, attemptAll, attemptLater, check, type Target, texts } from '../target.ts';
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

/** The header of a copy, and its entries behind it. */
export const gptCopy: Target = {
  reads: ['lib/volumes/gpt.ts#readGpt'],
  seeds: () => {
    const guid = Buffer.alloc(16, 7);
    const entry = gptEntry({
      type: guidBytes(linuxTypes.data),
      guid,
      name: 'kit:data',
      first: 64,
      last: 900,
    });
    const { primary } = gptSectors({ sectorBytes: 512, sectors: 1000, diskGuid: guid, entries: [entry] });
    return [Buffer.concat([primary.header, primary.entries])];
  },
  words: ['EFI PART'],
  maxBytes: 17_000,
  run: (bytes) => {
    const read = readGpt(bytes.subarray(0, 512), 1, bytes.subarray(512));
    check((read?.entries.length ?? 0) <= 128, 'no table has more entries');
  },
};

export const blkid: Target = {
  reads: ['lib/disks/observe/parse-blkid.ts#parseBlkid'],
  seeds: () =>
    texts(
      'DEVNAME=/dev/vdb\nLABEL=my\\ data\nUUID=u\nTYPE=ext4\nUSAGE=filesystem\n',
      'PTTYPE=gpt\nPTUUID=x\nPART_ENTRY_NAME=kit:data\n',
    ),
  words: ['TYPE=', 'PTTYPE=', 'USAGE=filesystem', 'PART_ENTRY_'],
  run: (bytes) => {
    const { content } = parseBlkid(bytes.toString(), 0);
    const lines = bytes.toString().split('\n');
    const hasType = lines.some((line) => /^(?:PT)?TYPE=/.test(line));
    check(content.kind !== 'nothing' || !hasType, 'what has a type is not empty');
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

const anArchive = (): Buffer =>
  Buffer.concat(
    cpioPieces([
      { path: 'layers', type: 'directory', mode: 0o755 },
      { path: 'layers/index', type: 'file', mode: 0o644, body: Buffer.from('hello') },
    ]).map((piece) => piece as Uint8Array),
  );

export const cpio: Target = {
  reads: ['build/binary/cpio/read-cpio.ts#readCpio', 'build/binary/zstd/frame.ts#readZstdFrame'],
  seeds: () => [anArchive(), Buffer.concat([anArchive(), zstdFrame(anArchive())])],
  words: ['070701', '070702', 'TRAILER!!!\0', '00000000', 'ffffffff', '\x28\xb5\x2f\xfd'],
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

export const diskPartitions: Target = {
  reads: ['lib/disks/programs/partition-table.ts#parsePartitionTable'],
  seeds: () =>
    texts(
      '{"partitiontable":{"label":"gpt","sectorsize":512,"partitions":[{"node":"/dev/vdb1","start":2048,"size":1,"type":"0FC63DAF-8483-4772-8E79-3D69D8477DE4"}]}}',
      '{"partitiontable":{"label":"dos","unit":"sectors"}}',
    ),
  words: ['"partitiontable":', '"label":"dos"', '"partitions":', '"start":', '-1', '1e99', '{}', '[]'],
  run: (bytes) => {
    const table = attempt(() => parsePartitionTable(bytes.toString()));
    const sizes = table?.partitions.flatMap(({ start, size }) => [start, size]) ?? [];
    check(sizes.every(Number.isSafeInteger), 'sectors are whole numbers');
  },
};

export const luksHeader: Target = {
  reads: ['lib/disks/programs/luks.ts#parseLuksHeader'],
  seeds: () =>
    texts('{"keyslots":{"0":{"type":"luks2"}},"tokens":{"0":{"type":"systemd-tpm2","keyslots":["1"]}}}'),
  words: ['"keyslots":', '"tokens":', '{}', '"0":', '"-1":', 'null'],
  run: (bytes) => {
    const header = attempt(() => parseLuksHeader(bytes.toString()));
    check(header?.keyslots.every((slot) => slot >= 0 && slot < 100) ?? true, 'slots have numbers');
  },
};

export const tpmResponse: Target = {
  reads: ['lib/tpm/response.ts#parseResponse'],
  seeds: () =>
    [
      '80010000000c00000000abcd',
      '80020000001b000000008000000100000002abcd00010701000109',
      '80010000000a0000018b',
    ].map((hex) => Buffer.from(hex, 'hex')),
  run: (bytes) => {
    for (const returnsHandle of [false, true]) {
      const response = attempt(() => parseResponse(bytes, { returnsHandle }), TpmError);
      check((response?.parameters.length ?? 0) <= bytes.length, 'parameters are a part of the response');
    }
  },
};

export const tpmStorageKey: Target = {
  reads: ['lib/tpm/public-area.ts#parseStorageKey'],
  seeds: () => [storageTemplate],
  run: (bytes) => {
    const key = attempt(() => parseStorageKey(bytes), TpmError);
    check(key === undefined || key.name.length === 34, 'a name is an algorithm and a digest');
  },
};

export const tpmToken: Target = {
  reads: ['lib/disks/keys/tpm-token.ts#parseTpmToken'],
  seeds: () =>
    texts('{"type":"systemd-tpm2","keyslots":["0"],"tpm2-blob":"AAEBAAEC","tpm2-pcrs":[],"tpm2-pin":false}'),
  words: ['"tpm2-blob":', '"tpm2-pcrs":[]', '"tpm2_pubkey":'],
  run: (bytes) => {
    const token = attempt(() => parseWith('a token', bytes.toString(), (object) => object));
    const sealed = token && attempt(() => parseTpmToken(token), TpmError);
    check((sealed?.private.length ?? 0) <= bytes.length, 'the sealed key is a part of the token');
  },
};

export const swapConditions: Target = {
  reads: ['services/swap/condition.ts#parseBytes'],
  seeds: () => texts('part:/var/data', 'part:/var/data:true', 'partsize:/var/data:100G:true', '2G'),
  words: ['part:', 'partsize:', ':true', 'G', 'K'],
  run: (bytes) => {
    const condition = attempt(() => swapCondition(bytes.toString()));
    check(condition?.path.startsWith('/') ?? true, 'the path is absolute');
  },
};
