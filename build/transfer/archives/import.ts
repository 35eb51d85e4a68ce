import { createWriteStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, posix, relative } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileBody, readTar, type TarEntry, tarEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { readImageManifest, readIndex } from '../../../lib/oci/read.ts';
import {
  type Descriptor,
  type Digest,
  dockerTypes,
  type ImageManifest,
  isIndexType,
  isManifestType,
  mediaTypes,
} from '../../../lib/oci/types.ts';
import { nameAnnotations } from '../../cache/annotations.ts';
import { type BlobFacts, digestOf } from '../../cache/blobs.ts';
import type { Cache } from '../../cache/cache.ts';
import { cachedImages } from '../../cache/cached-images.ts';
import { expandReference, isReference } from '../../reference/reference.ts';
import { isAttestation } from '../attestations.ts';
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
  const readers = { 'index.json': layoutImages, 'manifest.json': dockerImages };
  const images = await readers[files.has(list) ? list : other](files, title, cache);
  // New versions of docker save write both, and blobs for the one that names this platform alone.
  const isBroken = images.length > 0 && images.every(({ fault }) => fault);
  if (isBroken && files.has(list) && files.has(other)) return readers[other](files, title, cache);
  if (images.length > 0) return images;
  const isOld = files.has('repositories') && !files.has('manifest.json');
  throw new KitError(`Cannot import "${title}": it holds no image`, {
    hint: isOld ? 'it is of a Docker before 1.10: docker load and docker save of a newer one' : undefined,
  });
}

/** The file that counts in an archive with both: Docker's lists one image for each name. */
export type ListOfImages = 'index.json' | 'manifest.json';

/** Whether an archive holds images rather than a file system. */
export async function holdsImages(file: string, title: string): Promise<boolean> {
  const found = new Set<string>();
  for await (const entry of readTar(fileBody(file), title)) {
    const path = plainPath(entry.path);
    if (path === 'oci-layout' || path === 'manifest.json') return true;
    if (path === 'index.json' || path === 'repositories') found.add(path);
    if (/^blobs\/sha256\/[0-9a-f]{64}$/.test(path)) found.add('blobs');
    if (/^[0-9a-f]{64}\/layer\.tar$/.test(path)) found.add('layers');
  }
  return (
    (found.has('index.json') && found.has('blobs')) || (found.has('repositories') && found.has('layers'))
  );
}

/** Without `./` and `/` before it, as some tools write all paths. */
const plainPath = (path: string): string => path.replace(/^(?:\.?\/+)+/, '');

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
      const { type, linkname } = entry;
      const path = plainPath(entry.path);
      count += 1;
      if (count > mostEntries)
        throw new KitError(`Cannot import "${title}": it has more than ${mostEntries} files`);
      if (type !== 'directory') for (const map of [files, links]) map.delete(path);
      if (type === 'hardlink') links.set(path, plainPath(linkname));
      // Older versions of docker save write a shared layer once, and symbolic links to it.
      else if (type === 'symlink') links.set(path, posix.join(posix.dirname(path), linkname));
      else if (type === 'file')
        files.set(path, await addFile({ ...entry, path }, join(scratch, 'file'), title, cache));
    }
  });
  for (const path of links.keys()) {
    const found = files.get(endOf(path, links));
    if (found) files.set(path, found);
  }
  return files;
}

/** Layers that several images have may be links to links. */
const mostLinks = 100;

function endOf(path: string, links: ReadonlyMap<string, string>): string {
  let at = path;
  for (let hops = 0; hops < mostLinks; hops += 1) {
    const next = links.get(at);
    if (next === undefined) return at;
    at = next;
  }
  return at;
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
    if (isAttestation({ ...entry, ...(annotations && { annotations }) })) continue;
    const descriptor = await withTrueType(entry, title, cache);
    const known = byDigest.get(descriptor.digest) ?? { descriptor, names: [], texts: [] };
    known.names.push(...namesIn(annotations ?? {}));
    known.texts.push(...textsIn(annotations ?? {}));
    byDigest.set(descriptor.digest, known);
  }
  const images = [...byDigest.values()].map(async ({ descriptor, ...named }): Promise<ImportedImage> => {
    const [names, texts] = [[...new Set(named.names)], [...new Set(named.texts)]];
    return { names, texts, ...(await checked(descriptor, title, cache)) };
  });
  return (await Promise.all(images)).filter((one, _at, all) => !one.isArtifact || all.length === 1);
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

type Checked = Pick<ImportedImage, 'descriptor' | 'fault' | 'isArtifact'>;

/**
 * The descriptor with its platform. An index is good if the image of one platform is whole: `docker save`
 * leaves out the others. @throws KitError for damaged documents
 */
async function checked(descriptor: Descriptor, title: string, cache: Cache): Promise<Checked> {
  const broken = (why: string): Checked => ({
    descriptor,
    fault: new KitError(`Cannot import "${title}": ${why}`),
  });
  const found = await cachedImages(cache, title, descriptor);
  const images = found.filter(({ platform }) => platform);
  const lost: string[] = [];
  for (const { manifest, platform } of images) {
    const missing = await firstMissing(manifest, cache);
    if (missing !== undefined) lost.push(missing);
    else if (isIndexType(descriptor.mediaType)) return { descriptor };
    else return { descriptor: { ...descriptor, ...(platform && { platform }) } };
  }
  const [why] = lost;
  if (why !== undefined) return broken(why);
  const artifact = found.map(({ manifest }) => manifest.artifactType ?? manifest.config.mediaType);
  return artifact[0] === undefined || imageTypes.has(artifact[0])
    ? broken(`blob "${descriptor.digest}", or all that it leads to, is not in it`)
    : { ...broken(`it holds an artifact of type "${artifact[0]}", not an image`), isArtifact: true };
}

const imageTypes: ReadonlySet<string> = new Set([mediaTypes.config, dockerTypes.config]);

/** What is not there, and what needs it. */
async function firstMissing({ config, layers }: ImageManifest, cache: Cache): Promise<string | undefined> {
  if (!(await cache.has(config))) return `the configuration "${config.digest}" is not in it`;
  for (const [at, layer] of layers.entries()) {
    if (await cache.has(layer)) continue;
    return `layer ${at + 1} of ${layers.length}, "${layer.digest}", is not in it`;
  }
  return undefined;
}
