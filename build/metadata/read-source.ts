import { stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { codeOf, KitError, reasonOf } from '../../lib/errors/errors.ts';
import { type Metadata, maximalBytes } from '../../lib/metadata/metadata.ts';
import { foreignContent, isDataLabel } from '../../lib/metadata/seed/layouts.ts';
import { metadataOfSeed } from '../../lib/metadata/seed/metadata-of-seed.ts';
import { readSeed, whyNoSeed } from '../../lib/metadata/seed/seed.ts';
import { openVolumes } from '../../lib/volumes/open-volume.ts';
import type { RandomAccess } from '../../lib/volumes/random-access.ts';
import type { Volume } from '../../lib/volumes/volume.ts';
import { openImage } from '../pieces/image-file.ts';
import { folderVolume } from './folder-volume.ts';
import { type SeedKind, seedKindOf, singleFile } from './single-file.ts';

export interface SourceOptions {
  readonly cwd: string;
  /** Read for the file name `-`. */
  readonly stdin: Readable;
  /** What a single file is; undefined: as its name says, else user data. */
  readonly kind: SeedKind | undefined;
}

/**
 * The metadata in a file of one kind, in a folder with such files, or in the image of a data volume.
 * @throws KitError when it cannot be read, or holds nothing that a machine would take for metadata
 */
export async function readSource(file: string, { cwd, stdin, kind }: SourceOptions): Promise<Metadata> {
  if (file === '-') return singleFile(await gather(stdin), kind ?? 'user-data');
  const path = resolve(cwd, file);
  try {
    if ((await stat(path)).isDirectory()) return await seedOf(folderVolume(path), file, false);
    await using image = await openImage(path);
    const volumes = kind === undefined ? await openVolumes(image) : [];
    const [first] = volumes;
    if (first === undefined)
      return singleFile(await wholeFile(image, file), kind ?? seedKindOf(basename(path)));
    return await seedOf(await dataVolume(volumes, first), file, true);
  } catch (thrown) {
    if (thrown instanceof KitError) throw thrown;
    const reason = codeOf(thrown) === 'ENOENT' ? 'no such file' : reasonOf(thrown);
    throw new KitError(`Cannot read "${file}": ${reason}`, { cause: thrown });
  }
}

/** The one with a label that machines look for; without, the first. */
async function dataVolume(volumes: readonly Volume[], first: Volume): Promise<Volume> {
  for (const volume of volumes) if (isDataLabel(await volume.label())) return volume;
  return first;
}

async function seedOf(volume: Volume, file: string, isImage: boolean): Promise<Metadata> {
  const seed = await readSeed(volume);
  const label = isImage ? await volume.label() : '';
  if (seed === undefined) {
    const why = foreignContent(label) ?? (await whyNoSeed(volume, true)) ?? 'it is empty';
    throw new KitError(`Cannot find metadata in "${file}": ${why}`);
  }
  const metadata = metadataOfSeed(seed);
  if (!isImage || isDataLabel(label)) return metadata;
  const note =
    `the volume's label is "${label}", not "cidata" or "config-2": ` +
    'machines read it from an optical drive, or when their manifest names its device';
  return { ...metadata, notes: [note, ...(metadata.notes ?? [])] };
}

async function wholeFile(image: RandomAccess, file: string): Promise<Buffer> {
  const content = await image.read(0, maximalBytes + 1);
  return withinLimit(content, file);
}

function withinLimit(content: Buffer, file: string): Buffer {
  if (content.length > maximalBytes)
    throw new KitError(`Cannot read "${file}": a machine reads at most ${maximalBytes} bytes`);
  return content;
}

async function gather(stdin: Readable): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of stdin) {
    pieces.push(Buffer.from(piece));
    bytes += pieces.at(-1)?.length ?? 0;
    if (bytes > maximalBytes) break;
  }
  return withinLimit(Buffer.concat(pieces), '-');
}
