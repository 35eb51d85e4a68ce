import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Descriptor } from '../../lib/oci/types.ts';
import { stampAnnotation } from '../cache/annotations.ts';
import { expandReference } from '../registry/reference.ts';
import { importFile } from '../transfer/archives/import-file.ts';
import type { ImportedImage } from '../transfer/archives/imported.ts';
import type { Work } from '../work.ts';
import { UnknownImageError } from './unknown-image.ts';

/**
 * References in skopeo's syntax: `docker-archive:FILE[:NAME]`, `oci-archive:FILE[:NAME]`,
 * `oci:FOLDER[:NAME]`.
 */
const form = /^(docker-archive|oci-archive|oci):(.+)$/;

export const isArchiveRef = (ref: string): boolean => form.test(ref);

/**
 * Imports the image of an archive into the cache, unless the archive is unchanged since the last import.
 * Resolves to its name in the cache.
 * @param folder base of relative paths: the folder of the manifest
 * @param when `again` imports an unchanged archive, too
 */
export async function archiveImage(
  ref: string,
  folder: string,
  work: Work,
  when: 'changed' | 'again' = 'changed',
): Promise<string> {
  const { cache } = work;
  const [, kind = '', rest = ''] = form.exec(ref) ?? [];
  const { path, wanted } = splitPath(rest, folder);
  const file = resolve(folder, path);
  if (!existsSync(file))
    throw new UnknownImageError(ref, `Cannot find image "${ref}": there is no "${file}"`, undefined);
  const name = `${kind}:${file}${wanted === undefined ? '' : `:${wanted}`}`;
  const stamp = stampOf(kind === 'oci' ? join(file, 'index.json') : file);
  const known = await cache.refs.get(name, work.arch);
  if (when === 'changed' && known?.annotations?.[stampAnnotation] === stamp) return name;
  const images = await work.progress.task(`Import ${path}`, () =>
    importFile(file, path, { os: 'linux', architecture: work.arch }, cache),
  );
  for (const descriptor of chosen(images, wanted, ref)) {
    await cache.refs.set(name, { ...descriptor, annotations: { [stampAnnotation]: stamp } });
  }
  return name;
}

/** Longer paths first, since file names may contain colons. */
function splitPath(text: string, folder: string): { path: string; wanted: string | undefined } {
  for (let at = text.length; at > 0; at = text.lastIndexOf(':', at - 1)) {
    const path = text.slice(0, at);
    if (existsSync(resolve(folder, path))) return { path, wanted: text.slice(at + 1) || undefined };
  }
  return { path: text, wanted: undefined };
}

function stampOf(file: string): string {
  const { size, mtimeMs, ino } = statSync(file);
  return `${size} ${mtimeMs} ${ino}`;
}

function chosen(images: readonly ImportedImage[], wanted: string | undefined, ref: string): Descriptor[] {
  const names = images.flatMap((image) => image.names);
  const isWanted = (image: ImportedImage): boolean =>
    wanted === undefined ||
    image.names.some((name) => name === expandReference(wanted) || name.endsWith(`:${wanted}`));
  // A single image without a name matches any: image-layout.md allows a tag alone, which is not a name here.
  const found = images.length === 1 && names.length === 0 ? images : images.filter(isWanted);
  if (found.length === 1) return found.map(({ descriptor }) => descriptor);
  const why = found.length === 0 ? `it holds no image "${wanted}"` : `it holds ${found.length} images`;
  throw new KitError(`Cannot use image "${ref}": ${why}`, {
    hint: names.length > 0 ? `add one of its names after a colon: ${names.join(', ')}` : undefined,
  });
}
