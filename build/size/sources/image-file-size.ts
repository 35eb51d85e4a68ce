import { existsSync, statSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { fixedBound } from '../../binary/compressed/bound.ts';
import { unpacked } from '../../binary/compressed/compression.ts';
import { inScratch } from '../../cache/scratch.ts';
import { type DiskFileFormat, qemuFormat } from '../../media/disk-format.ts';
import { findMedia, prefixOf } from '../../media/find-media.ts';
import { recognise } from '../../media/recognise.ts';
import { unpackedDisk } from '../../media/unpack-disk.ts';
import { kernelFileSuffixes } from '../../outputs/kernel-files.ts';
import { openImage } from '../../pieces/image-file.ts';
import { runTool } from '../../tools/command.ts';
import { toolsTree } from '../../tools/tree.ts';
import type { Work } from '../../work.ts';
import { initrdParts, type NameOf } from '../contents/initrd-parts.ts';
import { sizedLayer } from '../contents/layer-files.ts';
import { tarParts } from '../contents/tar-parts.ts';
import { diskParts, efiParts, isoParts } from '../contents/volume-parts.ts';
import { type SizedPart, solidPart } from '../report.ts';

const suffix = kernelFileSuffixes;

/** Whether the word names an image file, or the prefix of several, as for `kit run`. */
export function isImageFile(name: string, cwd: string): boolean {
  const path = resolve(cwd, name);
  const { start } = prefixOf(path);
  const files = [path, `${start}${suffix.kernel}`, `${start}${suffix.initrd}`];
  return files.some((file) => statSync(file, { throwIfNoEntry: false })?.isFile());
}

/** The parts of what `kit build` has written, in any of its formats. @throws KitError */
export async function imageFileParts(
  name: string,
  cwd: string,
  nameOf: NameOf,
  work: Work,
): Promise<SizedPart[]> {
  const path = resolve(cwd, name);
  const { start, as } = prefixOf(path);
  const parts =
    existsSync(`${start}${suffix.kernel}`) || as === 'kernel'
      ? await kernelImageParts(start, name, cwd, nameOf, work)
      : await fileParts(path, name, nameOf, work);
  if (parts.length === 0) throw unreadable(name, 'it holds nothing that kit has built');
  return parts;
}

/** Kernel and initrd; or kernel, stage 1 and the file system with the layers. */
async function kernelImageParts(
  start: string,
  name: string,
  cwd: string,
  nameOf: NameOf,
  work: Work,
): Promise<SizedPart[]> {
  const [kernel, initrd] = [`${start}${suffix.kernel}`, `${start}${suffix.initrd}`];
  const first = existsSync(kernel) ? [solidPart('kernel', statSync(kernel).size, ['kernel'])] : [];
  if (existsSync(initrd)) return [...first, ...(await initrdFileParts(initrd, name, nameOf, work))];
  const choice = { as: undefined, firmware: undefined, writable: false };
  const { boot } = await findMedia(name, cwd, choice, work);
  if (boot.kind !== 'kernel') return fileParts(boot.path, name, nameOf, work);
  const stage1 = boot.initrd === null ? [] : await initrdFileParts(boot.initrd, name, nameOf, work);
  const root = boot.root ? await fileParts(boot.root.path, name, nameOf, work) : [];
  return [...first, ...stage1, ...root];
}

async function fileParts(path: string, name: string, nameOf: NameOf, work: Work): Promise<SizedPart[]> {
  await using source = await openImage(path);
  const found = await recognise(source);
  switch (found.kind) {
    case 'iso':
      return await readable(name, () => isoParts(source, name, nameOf));
    case 'disk':
      if (found.format === 'raw') return await readable(name, () => diskParts(source, name, nameOf));
      return await containedDisk(path, found.format, name, nameOf, work);
    case 'efi':
      return await efiParts(source, source.size, name, nameOf);
    case 'kernel':
      return [solidPart('kernel', source.size, ['kernel'])];
    case 'cpio':
      return await initrdFileParts(path, name, nameOf, work);
    case 'gzip':
      if (/\.(?:tar\.gz|tgz)$/.test(path))
        return await fileParts(await unpackedDisk(path, work), name, nameOf, work);
      return await initrdFileParts(path, name, nameOf, work);
    case 'tar':
      return await tarParts(path, name, nameOf);
    case 'file system':
      if (found.type !== 'erofs')
        throw unreadable(name, `kit does not look into a ${found.type} file system`);
      return [
        await sizedLayer(source, source.size, { title: 'EROFS file system', package: null, users: [] }),
      ];
    case 'other':
      throw unreadable(name, `it is ${found.what}`);
    case 'unknown':
      throw unreadable(name, 'it is not an image that kit knows');
  }
}

/** An initrd; LinuxKit's are compressed by gzip, and each file gets its share of that. */
export async function initrdFileParts(
  path: string,
  name: string,
  nameOf: NameOf,
  work: Work,
): Promise<SizedPart[]> {
  await using initrd = await openImage(path);
  if ((await recognise(initrd)).kind !== 'gzip') return await initrdParts(initrd, initrd.size, name, nameOf);
  return inScratch(work.cache.dir, async (folder) => {
    const plain = join(folder, 'initrd');
    try {
      await writeFile(plain, unpacked(path, 'gzip', initrdBound, { signal: work.signal }));
    } catch (thrown) {
      work.signal.throwIfAborted();
      throw unreadable(name, `its initrd cannot be decompressed: ${reasonOf(thrown)}`, thrown);
    }
    await using inside = await openImage(plain);
    const share = initrd.size / Math.max(inside.size, 1);
    const scaled = (bytes: number): number => Math.round(bytes * share);
    return (await initrdParts(inside, inside.size, name, nameOf)).map((part) => ({
      ...part,
      bytes: scaled(part.bytes),
      files: part.files.map((file) => ({ ...file, bytes: scaled(file.bytes) })),
    }));
  });
}

const initrdBound = fixedBound(16 << 10);

/** A disk whose sectors are not at their own offsets: copied out, sparsely, to be read. */
function containedDisk(
  path: string,
  format: DiskFileFormat,
  name: string,
  nameOf: NameOf,
  work: Work,
): Promise<SizedPart[]> {
  return inScratch(work.cache.dir, async (folder) => {
    const raw = join(folder, 'disk.img');
    const args = ['convert', '-f', qemuFormat(format), '-O', 'raw', path, raw];
    await runTool(await toolsTree(work), 'qemu-img', args, { signal: work.signal });
    await using disk = await openImage(raw);
    return await readable(name, () => diskParts(disk, name, nameOf));
  });
}

/** Readers of volumes and of layer indexes throw RangeErrors. */
async function readable(name: string, parts: () => Promise<SizedPart[]>): Promise<SizedPart[]> {
  try {
    return await parts();
  } catch (thrown) {
    if (!(thrown instanceof RangeError)) throw thrown;
    throw unreadable(name, reasonOf(thrown), thrown);
  }
}

function unreadable(name: string, what: string, cause?: unknown): KitError {
  return new KitError(`Cannot tell what takes the room in "${name}": ${what}`, {
    hint: 'give its manifest, or its kernel and initrd: kit size FILE.yml, kit size out/web',
    cause,
  });
}
