import { createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileBody, readTar, type TarEntry, tarEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { readImageManifest, readIndex } from '../../../lib/oci/read.ts';
import { type Descriptor, type Digest, isIndexType, isManifestType } from '../../../lib/oci/types.ts';
import { nameAnnotations } from '../../cache/annotations.ts';
import { type BlobFacts, digestOf } from '../../cache/blobs.ts';
import type { Cache } from '../../cache/cache.ts';
import { cachedImages } from '../../cache/cached-images.ts';
import { expandReference, isReference } from '../../reference/reference.ts';
import { dockerImages } from './import-docker.ts';
import type { ImportedFiles, ImportedImage } from './imported.ts';

/**
 * Imports the images of an OCI layout or of an archive of `docker save`: all files become blobs of the cache.
 * @param title of the archive, for messages
 * @throws KitError, also for a file whose digest differs from its name
 */
export async function importImages(
  entries: AsyncIterable<TarEntry>,
  title: string,
  cache: Cache,
  list: ListOfImages = 'index.json',
): Promise<ImportedImage[]> {
  await cache.hold();
  const files = await addFiles(entries, title, cache);
  const other = list === 'index.json' ? 'manifest.json' : 'index.json';
  const images =
    (files.has(list) ? list : other) === 'index.json'
      ? await layoutImages(files, title, cache)
      : await dockerImages(files, title, cache);
  if (images.length > 0) return images;
  throw new KitError(`Cannot import "${title}": it holds no image`);
}

/** The file that counts in an archive with both: Docker's lists one image for each name. */
export type ListOfImages = 'index.json' | 'manifest.json';

/** Whether an archive holds images rather than a file system. */
export async function holdsImages(file: string, title: string): Promise<boolean> {
  for await (const { path } of readTar(fileBody(file), title)) {
    if (path === 'oci-layout' || path === 'manifest.json') return true;
  }
  return false;
}

/** The files of a folder with an OCI layout, as entries of an archive. */
export async function* folderEntries(folder: string): AsyncGenerator<TarEntry> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  for (const entry of found.filter((one) => one.isFile())) {
    const file = join(entry.parentPath, entry.name);
    yield tarEntry({ path: relative(folder, file), size: (await stat(file)).size, body: fileBody(file) });
  }
}

/** Of blobs and documents; a hundred images of a hundred layers have a tenth of it. */
const mostEntries = 100_000;

async function addFiles(
  entries: AsyncIterable<TarEntry>,
  title: string,
  cache: Cache,
): Promise<ImportedFiles> {
  const files = new Map<string, BlobFacts>();
  const links = new Map<string, string>();
  let count = 0;
  await cache.scratch(async (scratch) => {
    for await (const entry of entries) {
      const { path, type, linkname } = entry;
      count += 1;
      if (count > mostEntries)
        throw new KitError(`Cannot import "${title}": it has more than ${mostEntries} files`);
      if (type === 'hardlink') links.set(path, linkname);
      // Older versions of docker save write a shared layer once, and symbolic links to it.
      else if (type === 'symlink') links.set(path, posix.join(posix.dirname(path), linkname));
      else if (type === 'file') files.set(path, await addFile(entry, join(scratch, 'file'), title, cache));
    }
  });
  for (const [path, target] of links) {
    const found = files.get(target);
    if (found) files.set(path, found);
  }
  return files;
}

async function addFile(entry: TarEntry, file: string, title: string, cache: Cache): Promise<BlobFacts> {
  await pipeline(entry.body, createWriteStream(file));
  const facts = await digestOf(file);
  const named = /^blobs\/sha256\/([0-9a-f]{64})$/.exec(entry.path)?.[1];
  if (named !== undefined && facts.digest !== `sha256:${named}`) {
    throw new KitError(
      `Cannot import "${title}": "${entry.path}" is damaged: its digest is "${facts.digest}"`,
    );
  }
  await cache.addFile(file, undefined, facts);
  return facts;
}

async function layoutImages(files: ImportedFiles, title: string, cache: Cache): Promise<ImportedImage[]> {
  const index = files.get('index.json');
  if (!index) return [];
  const { manifests } = readIndex(await cache.read(index), `index.json of ${title}`);
  const byDigest = new Map<Digest, { descriptor: Descriptor; names: string[]; texts: string[] }>();
  for (const { annotations, ...entry } of manifests) {
    if (!isIndexType(entry.mediaType) && !isManifestType(entry.mediaType)) continue;
    const descriptor = await withTrueType(entry, title, cache);
    const known = byDigest.get(descriptor.digest) ?? { descriptor, names: [], texts: [] };
    known.names.push(...namesIn(annotations ?? {}));
    known.texts.push(...textsIn(annotations ?? {}));
    byDigest.set(descriptor.digest, known);
  }
  const images = [...byDigest.values()].map(async ({ descriptor, ...named }): Promise<ImportedImage> => {
    const [names, texts] = [[...new Set(named.names)], [...new Set(named.texts)]];
    return { names, texts, descriptor: await checked(descriptor, title, cache) };
  });
  return Promise.all(images);
}

/** With the type of what it points to: `linuxkit cache export` calls the manifest of one image an index. */
async function withTrueType(entry: Descriptor, title: string, cache: Cache): Promise<Descriptor> {
  if (!isIndexType(entry.mediaType) || !(await cache.has(entry))) return entry;
  try {
    return { ...entry, mediaType: readImageManifest(await cache.read(entry), title).mediaType };
  } catch (thrown) {
    if (thrown instanceof KitError) return entry;
    throw thrown;
  }
}

/** References in canonical form. A tag alone, which image-layout.md allows, is not a name in the cache. */
function namesIn(annotations: Readonly<Record<string, string>>): string[] {
  const name = textsIn(annotations).find((text) => /[/:]/.test(text) && isReference(text));
  return name === undefined ? [] : [expandReference(name)];
}

const textsIn = (annotations: Readonly<Record<string, string>>): string[] =>
  nameAnnotations.flatMap((key) => annotations[key] ?? []);

/** The descriptor with its platform. @throws KitError when a blob that it references is missing */
async function checked(descriptor: Descriptor, title: string, cache: Cache): Promise<Descriptor> {
  const cannot = (why: string): KitError => new KitError(`Cannot import "${title}": ${why}`);
  const images = (await cachedImages(cache, title, descriptor)).filter(({ platform }) => platform);
  const [first] = images;
  if (!first?.platform) throw cannot(`blob "${descriptor.digest}", or all that it leads to, is not in it`);
  for (const { manifest } of images) {
    for (const blob of [manifest.config, ...manifest.layers]) {
      if (!(await cache.has(blob))) throw cannot(`blob "${blob.digest}" is not in it`);
    }
  }
  return isIndexType(descriptor.mediaType) ? descriptor : { ...descriptor, platform: first.platform };
}
