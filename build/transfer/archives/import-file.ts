import { createReadStream, createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileBody, readTar } from '../../../lib/archive/tar.ts';
import { codeOf, KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { mediaTypes } from '../../../lib/oci/types.ts';
import { GrowsTooLarge, ratioBound } from '../../binary/compressed/bound.ts';
import type { Cache } from '../../cache/cache.ts';
import { checkEntries } from '../../layers/plain-layer.ts';
import { decompressedFile } from './decompressed-file.ts';
import { folderEntries, holdsImages, importImages, type ListOfImages } from './import.ts';
import type { ImportedImage } from './imported.ts';

/** The platform of an image made from a tar of a file system. */
export interface RootfsPlatform {
  readonly os: 'linux';
  readonly architecture: string;
}

/**
 * Imports images from an OCI layout (tar or folder), an archive of `docker save`, or a file system as a tar,
 * which becomes an image of one layer. Tars may be compressed by gzip, zstd, xz or bzip2.
 * @param input absolute path, or a stream @param title of the file, for messages
 */
export async function importFile(
  input: string | Readable,
  title: string,
  platform: RootfsPlatform,
  cache: Cache,
): Promise<ImportedImage[]> {
  return cache.scratch(async (scratch) => {
    const given = typeof input === 'string' ? input : await spooled(input, join(scratch, 'given'));
    await checkContent(given, title);
    if (await isFolder(given, title)) return importImages(folderEntries(given), title, cache);
    const plain = await decompressedFile(given, join(scratch, 'plain'), title);
    if (await holdsImages(plain, title)) return importImages(readTar(fileBody(plain), title), title, cache);
    return [await importRootfs(plain, title, platform, cache)];
  });
}

/**
 * The same for an archive that must hold images: a file system in its place is an error.
 * @param file absolute path of a file or a folder
 */
export async function importImagesOf(
  file: string,
  title: string,
  cache: Cache,
  list?: ListOfImages,
): Promise<ImportedImage[]> {
  return cache.scratch(async (scratch) => {
    if (await isFolder(file, title)) return importImages(folderEntries(file), title, cache, list);
    const plain = await decompressedFile(file, join(scratch, 'plain'), title);
    if (await holdsImages(plain, title))
      return importImages(readTar(fileBody(plain), title), title, cache, list);
    throw new KitError(`Cannot use "${title}" as an image: it has neither index.json nor manifest.json`, {
      hint: `for a file system: kit cache import --name NAME ${title}, and NAME as the image`,
    });
  });
}

async function spooled(stream: Readable, file: string): Promise<string> {
  await pipeline(stream, createWriteStream(file));
  return file;
}

/** What a program that failed writes to a pipe is no image. */
async function checkContent(path: string, title: string): Promise<void> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isFile() && found.size === 0) throw new KitError(`Cannot import "${title}": it is empty`);
}

async function isFolder(path: string, title: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (thrown) {
    const why = codeOf(thrown) === 'ENOENT' ? 'no such file' : reasonOf(thrown);
    throw new KitError(`Cannot import "${title}": ${why}`, { cause: thrown });
  }
}

async function checkRootfs(file: string, title: string): Promise<void> {
  const bound = ratioBound((await stat(file)).size);
  await checkEntries(fileBody(file), `"${title}"`, bound, title).catch((thrown: unknown) => {
    if (!(thrown instanceof GrowsTooLarge)) throw thrown;
    throw new KitError(`Cannot import "${title}": ${thrown.message}`, { cause: thrown });
  });
}

async function importRootfs(
  file: string,
  title: string,
  { os, architecture }: RootfsPlatform,
  cache: Cache,
): Promise<ImportedImage> {
  await checkRootfs(file, title);
  const layer = await cache.scratch(async (scratch) => {
    const copy = join(scratch, 'layer.tar');
    await pipeline(createReadStream(file), createWriteStream(copy));
    return cache.addFile(copy, mediaTypes.layer);
  });
  const rootfs = { type: 'layers', diff_ids: [layer.digest] };
  const config = await cache.addJson({ architecture, os, config: {}, rootfs }, mediaTypes.config);
  const manifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers: [layer] };
  const descriptor = await cache.addJson(manifest, mediaTypes.manifest);
  return { names: [], texts: [], descriptor: { ...descriptor, platform: { os, architecture } } };
}
