import { type Stats, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import type { Descriptor } from '../../lib/oci/types.ts';
import { archiveNameAnnotation, stampAnnotation } from '../cache/annotations.ts';
import {
  type ArchiveReading,
  type ArchiveRef,
  archiveCacheName,
  type Transport,
} from '../reference/archive-ref.ts';
import type { ListOfImages } from '../transfer/archives/import.ts';
import { importImagesOf } from '../transfer/archives/import-file.ts';
import type { Work } from '../work.ts';
import { chosenImages } from './choose-image.ts';
import { UnknownImageError } from './unknown-image.ts';

/**
 * Imports the image of an archive into the cache, unless the archive is unchanged since the last import.
 * Resolves to its name in the cache.
 * @param when `again` imports an unchanged archive, too
 */
export async function archiveImage(
  ref: ArchiveRef,
  work: Work,
  when: 'changed' | 'again' = 'changed',
): Promise<string> {
  const { cache } = work;
  const reading = ref.readings.find(({ file }) => statsOf(file));
  if (!reading) throw noFile(ref);
  const name = archiveCacheName(ref.transport, reading);
  const stamp = stampOf(reading, ref);
  const known = await cache.refs.get(name, work.arch);
  if (when === 'changed' && known?.annotations?.[stampAnnotation] === stamp) return name;
  const images = await work.progress.task(`Import ${reading.shown}`, () =>
    importImagesOf(reading.file, reading.shown, cache, listOf(ref.transport)),
  );
  const chosen = chosenImages(images, reading, ref);
  // Else the image of a platform that the archive no longer has would stay under the name.
  await cache.refs.remove(name);
  for (const { descriptor, names } of chosen) {
    const [own] = names;
    const annotations = { [stampAnnotation]: stamp, ...(own && { [archiveNameAnnotation]: own }) };
    await cache.refs.set(name, { ...descriptor, annotations });
  }
  return name;
}

/**
 * The name that an image of an archive gets in another: its own, or one without the folder of this machine.
 * @param entries of the image in the cache
 */
export function archiveImageName(
  { transport, readings }: ArchiveRef,
  entries: readonly Descriptor[],
): string {
  const own = entries.find(({ annotations }) => annotations?.[archiveNameAnnotation]);
  const [{ shown }] = readings;
  return own?.annotations?.[archiveNameAnnotation] ?? `${transport}:${basename(shown)}`;
}

const listOf = (transport: Transport): ListOfImages =>
  transport === 'docker-archive' ? 'manifest.json' : 'index.json';

/** Undefined where there is nothing. */
function statsOf(file: string): Stats | undefined {
  try {
    return statSync(file, { throwIfNoEntry: false });
  } catch (thrown) {
    if (codeOf(thrown) === 'ENAMETOOLONG') return undefined;
    throw new KitError(`Cannot read "${file}": ${reasonOf(thrown)}`, { cause: thrown });
  }
}

function noFile(ref: ArchiveRef): UnknownImageError {
  const [{ file }] = ref.readings;
  // Helm and others write `oci://` for a registry.
  const hint = ref.text.startsWith('oci://')
    ? `an image of a registry has no prefix: ${ref.text.slice('oci://'.length)}`
    : undefined;
  return new UnknownImageError(ref, `Cannot find image "${ref.text}": there is no "${file}"`, hint);
}

function stampOf({ file }: ArchiveReading, ref: ArchiveRef): string {
  const isFolder = statsOf(file)?.isDirectory();
  const found = statsOf(isFolder ? join(file, 'index.json') : file);
  if (found?.isFile()) return `${found.size} ${found.mtimeMs} ${found.ino}`;
  const why = isFolder ? `there is no "${join(file, 'index.json')}"` : `"${file}" is no file`;
  throw new KitError(`Cannot use image "${ref.text}": ${why}`);
}
