import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inScratch } from '../cache/scratch.ts';
import type { BootImage } from '../image/plan/boot-image.ts';
import { writePieces } from '../pieces/write-pieces.ts';
import type { Work } from '../work.ts';
import { writeKernelFiles } from './kernel-files.ts';
import type { FileContent, OutputFile, OutputFormat, OutputPlace } from './output.ts';

/**
 * Writes the files of a format, each whole or not at all; files that already have the right content are not
 * rewritten.
 * @throws KitError for an image that the format cannot hold
 */
export async function writeFormat(
  format: OutputFormat,
  image: BootImage,
  place: OutputPlace,
  work: Work,
): Promise<OutputFile[]> {
  const files = format.beside ? await writeFormat(format.beside, image, place, work) : [];
  if (format.hasKernelFiles) files.push(...(await writeKernelFiles(format.root, image, place, work)));
  if (format.suffix === undefined) return files;
  const path = join(place.dir, `${place.name}${format.suffix}`);
  return [...files, { path, bytes: await writeOwnFile(path, format, image, place, work) }];
}

/** Resolves to the file's length. */
async function writeOwnFile(
  path: string,
  format: OutputFormat,
  image: BootImage,
  place: OutputPlace,
  work: Work,
): Promise<number> {
  if (format.makeMedium) return writeMedium(path, format.makeMedium, image, work);
  return writePieces(path, await contentOf(format, image, place, work), work.signal);
}

async function contentOf(
  { name, content, stream }: OutputFormat,
  image: BootImage,
  place: OutputPlace,
  work: Work,
): Promise<FileContent> {
  if (content) return content(image, place, work);
  if (stream) return () => stream(image, place, work);
  throw new Error(`format "${name}" has no way to write its file`);
}

/** The tool writes to the scratch folder, so that an equal file at `path` is left unchanged. */
async function writeMedium(
  path: string,
  makeMedium: NonNullable<OutputFormat['makeMedium']>,
  image: BootImage,
  work: Work,
): Promise<number> {
  const medium = await image.medium();
  return inScratch(work.cache.dir, async (scratch) => {
    const file = join(scratch, 'medium.img');
    await makeMedium(file, medium, work);
    const { size } = await stat(file);
    return writePieces(path, [{ file, bytes: size }], work.signal);
  });
}
