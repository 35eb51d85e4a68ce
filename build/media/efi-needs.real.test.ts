import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { inMemory } from '../../test/support/in-memory.ts';
import { fatPieces } from '../binary/fat/fat-pieces.ts';
import { isoVolume } from '../binary/iso9660/iso-volume.ts';
import { efiSystemType, gptDisk } from '../binary/partitions/gpt.ts';
import type { Piece } from '../pieces/piece.ts';
import { readAll } from '../pieces/read-pieces.ts';
import { writePieces } from '../pieces/write-pieces.ts';
import { testWork } from '../testing.ts';
import { runTool } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import { efiProgramMemory, efiSystemNeeds } from './efi-needs.ts';
import { findMedia } from './find-media.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-efi-'));
afterAll(() => rmSync(folder, { recursive: true }));
const work = testWork();
const mebibyte = 1 << 20;

/**
 * A volume with programs of these sizes, and other files whose names fill several clusters of the folder.
 */
function volume(kind: 'fat16' | 'fat32', programs: Readonly<Record<string, number>>): Piece[] {
  const neighbours = Array.from({ length: 90 }, (_, at) => `EFI/BOOT/a neighbour with a long name ${at}`);
  const files = [
    ...neighbours.map((path) => ({ path, body: [Buffer.from('x')] })),
    ...Object.entries(programs).map(([name, hole]) => ({ path: `EFI/BOOT/${name}`, body: [{ hole }] })),
  ];
  return fatPieces(files, { kind, label: 'KIT', id: 1 });
}

test.each(['fat16', 'fat32'] as const)(
  'the boot programs on a %s volume reveal architecture and memory',
  async (kind) => {
    const needs = async (programs: Readonly<Record<string, number>>): Promise<object> =>
      efiSystemNeeds(inMemory(await readAll(volume(kind, programs))), 0);
    const large = 40 * mebibyte;
    expect(await needs({ 'BOOTX64.EFI': large })).toEqual({ arch: 'amd64', memoryMiB: 352 });
    expect(await needs({ 'BOOTAA64.EFI': large })).toEqual({ arch: 'arm64', memoryMiB: 352 });
    expect(await needs({ 'BOOTX64.EFI': 5, 'BOOTAA64.EFI': large })).toEqual({ memoryMiB: 352 });
    expect(await needs({ 'GRUBX64.EFI': large })).toEqual({});
  },
);

test('small programs start in any memory', () => {
  expect(efiProgramMemory(0)).toBeUndefined();
  expect(efiProgramMemory(85 * mebibyte)).toBe(448);
});

test('boot programs are found in disks of every format and in ISOs', async () => {
  const body = volume('fat32', { 'BOOTAA64.EFI': 40 * mebibyte });
  const partition = { type: efiSystemType, guid: Buffer.alloc(16, 1), name: 'esp', body };
  const raw = join(folder, 'a.img');
  await writePieces(raw, gptDisk(partition, Buffer.alloc(16, 2)), work.signal);
  const tools = await toolsTree(work);
  for (const [name, format] of [['b.qcow2', 'qcow2'] as const, ['c.vhd', 'vpc'] as const])
    await runTool(tools, 'qemu-img', ['convert', '-f', 'raw', '-O', format, raw, join(folder, name)], work);
  const program = { firmware: 'efi', pieces: body } as const;
  const iso = await isoVolume({ volumeId: 'KIT', id: '00000000', walk: () => [], boot: [program] });
  await writePieces(join(folder, 'd.iso'), iso, work.signal);
  for (const name of ['a.img', 'b.qcow2', 'c.vhd', 'd.iso']) {
    const found = await findMedia(
      name,
      folder,
      { as: undefined, firmware: undefined, writable: false },
      work,
    );
    expect(found, name).toMatchObject({ boot: { firmware: 'uefi' }, arch: 'arm64', memoryMiB: 352 });
  }
});

test('BIOS implies amd64', async () => {
  const sector = Buffer.alloc(512, 1);
  sector.writeUInt16BE(0x55aa, 510);
  sector.fill(0, 446, 510);
  writeFileSync(join(folder, 'bios.img'), sector);
  const choice = { as: undefined, firmware: undefined, writable: false };
  expect(await findMedia('bios.img', folder, choice, work)).toMatchObject({ arch: 'amd64' });
});

test('damaged volumes are read without an exception', async () => {
  const whole = await readAll(volume('fat32', { 'BOOTX64.EFI': 600 }));
  const seeds = [whole, await readAll(volume('fat16', { 'BOOTX64.EFI': 600 }))];
  // The offsets of the parameters, and of the first entries of tables and folders.
  const damage = fc.array(fc.tuple(fc.oneof(fc.nat(64), fc.nat(20_000)), fc.nat(255)), { maxLength: 20 });
  const property = fc.asyncProperty(fc.constantFrom(...seeds), damage, async (seed, hits) => {
    const before = hits.map(([at]) => seed[at] ?? 0);
    for (const [at, byte] of hits) seed[at] = byte;
    try {
      expect(await efiSystemNeeds(inMemory(seed), 0)).toBeTypeOf('object');
    } finally {
      for (const [index, [at]] of [...hits.entries()].reverse()) seed[at] = before[index] ?? 0;
    }
  });
  await fc.assert(property, { numRuns: 300 });
});
