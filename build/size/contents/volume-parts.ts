import { parseLayerIndex } from '../../../lib/bundle/layers.ts';
import { openFat } from '../../../lib/volumes/fat.ts';
import { openVolume, openVolumes } from '../../../lib/volumes/open-volume.ts';
import { partOf, type RandomAccess, startingAt } from '../../../lib/volumes/random-access.ts';
import type { Volume } from '../../../lib/volumes/volume.ts';
import { isoEfiSystemStart } from '../../binary/iso9660/read-el-torito.ts';
import { efiBootPaths } from '../../binary/pe/arches.ts';
import { readPe } from '../../binary/pe/pe.ts';
import { type SizedPart, solidPart } from '../report.ts';
import { initrdParts, type NameOf, namedLayer } from './initrd-parts.ts';

/** A file of an image that is read into memory: larger ones are refused. */
const fileLimit = 1 << 30;
const headBytes = 64 << 10;

const kernelPaths = ['kernel', 'boot/kernel'];
const initrdPaths = ['initrd.img', 'boot/initrd.img'];

/** What kit has put on a disk: kernel and initrd, or the EFI program that holds both. */
export async function diskParts(disk: RandomAccess, title: string, nameOf: NameOf): Promise<SizedPart[]> {
  const volumes = await openVolumes(disk);
  return (await Promise.all(volumes.map((volume) => volumeParts(volume, title, nameOf)))).flat();
}

/** The same of a CD, whose EFI program lies in a file system of its own; layers may lie beside it. */
export async function isoParts(disc: RandomAccess, title: string, nameOf: NameOf): Promise<SizedPart[]> {
  const volume = await openVolume(disc);
  const start = await isoEfiSystemStart(disc);
  const efi = start === undefined ? undefined : await openFat(startingAt(disc, start));
  const volumes = [volume, efi].filter((one) => one !== undefined);
  return (await Promise.all(volumes.map((one) => volumeParts(one, title, nameOf)))).flat();
}

/**
 * A unified kernel image: sections `.linux` and `.initrd` (UAPI.5), the stub that starts them, and the rest.
 */
export async function efiParts(
  program: RandomAccess,
  bytes: number,
  title: string,
  nameOf: NameOf,
): Promise<SizedPart[]> {
  const { sections } = readPe(await program.read(0, headBytes), title);
  const section = (name: string): { at: number; bytes: number } | undefined => {
    const found = sections.find((one) => one.name === name);
    return found && { at: found.fileOffset, bytes: Math.min(found.virtualBytes, found.fileBytes) };
  };
  const [kernel, initrd] = [section('.linux'), section('.initrd')];
  const parts = initrd
    ? await initrdParts(partOf(program, initrd.at, initrd.bytes), initrd.bytes, title, nameOf)
    : [];
  const rest = bytes - (kernel?.bytes ?? 0) - (initrd?.bytes ?? 0);
  return [
    ...(kernel ? [solidPart('kernel', kernel.bytes, ['kernel'])] : []),
    ...parts,
    solidPart('EFI program', Math.max(rest, 0)),
  ];
}

/** @throws KitError, RangeError for a damaged volume */
async function volumeParts(volume: Volume, title: string, nameOf: NameOf): Promise<SizedPart[]> {
  const file = (path: string): Promise<Buffer | undefined> => volume.read(path, fileLimit);
  const parts: SizedPart[] = [];
  for (const path of kernelPaths) {
    const kernel = await file(path);
    if (kernel) parts.push(solidPart('kernel', kernel.length, ['kernel']));
  }
  for (const path of initrdPaths) {
    const initrd = await file(path);
    if (initrd) parts.push(...(await initrdParts(inMemory(initrd), initrd.length, title, nameOf)));
  }
  for (const path of Object.values(efiBootPaths)) {
    const program = await file(path);
    if (program) parts.push(...(await efiParts(inMemory(program), program.length, title, nameOf)));
  }
  const index = (await file('layers/index'))?.toString('latin1') ?? '';
  for (const { id } of parseLayerIndex(index)) {
    const layer = await file(`layers/${id}.erofs`);
    if (layer) parts.push(await namedLayer(inMemory(layer), layer.length, id, nameOf));
  }
  return parts;
}

const inMemory = (bytes: Buffer): RandomAccess => ({
  read: async (at, count) => bytes.subarray(at, at + count),
});
