import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assemble } from './image/assemble.ts';
import type { BootImage } from './image/plan/boot-image.ts';
import { checkBudgets } from './image/plan/budgets.ts';
import { checkManifest } from './image/plan/check.ts';
import { type SbomOptions, sbomWish } from './image/plan/sbom-options.ts';
import { imageRefs, manifestImages } from './images/manifest-images.ts';
import { readManifests } from './manifest/read.ts';
import { chooseFormats, streamOf } from './outputs/choose-formats.ts';
import { defaultFormat } from './outputs/formats.ts';
import { checkInputTar } from './outputs/input-tar.ts';
import type { OutputFile, OutputFormat, OutputPlace } from './outputs/output.ts';
import { writeFormat } from './outputs/write-format.ts';
import { packageNames } from './packages/definition/template-names.ts';
import { writePieces } from './pieces/write-pieces.ts';
import type { Work } from './work/work.ts';

export interface BuildOptions extends OutputPlace {
  readonly formats?: readonly string[] | undefined;
  /** Absolute folder that relative paths of the user mean; the process's own when absent. */
  readonly cwd?: string | undefined;
  /** Where one format that can be streamed goes in place of its usual file: a path, or a stream that stays open. */
  readonly to?: string | Writable | undefined;
  /** False for an image without a bill of materials. */
  readonly sbom?: SbomOptions | false | undefined;
  /** The kernel as it is in memory. */
  readonly decompressKernel?: boolean | undefined;
  /** An archive that LinuxKit would take unchanged parts from; kit's cache does that, so it is only looked at. */
  readonly inputTar?: string | undefined;
  /** Nobody looks into the machine: see `Assembly`. */
  readonly production?: boolean | undefined;
  /** Read for the file name `-`. */
  readonly stdin?: Readable | undefined;
}

export interface BuiltImage {
  readonly files: readonly OutputFile[];
  /** The least memory, in MiB, that the image boots in; 0 when it is nothing that boots. */
  readonly memoryMiB: number;
  /** Digests of the images it is made of, by their names in the manifest. */
  readonly images: Readonly<Record<string, string>>;
}

/** Manifest files to image files: what `kit build` and `kit run FILE.yml` call. @throws KitErrors, KitError */
export async function buildManifest(
  manifests: readonly string[],
  options: BuildOptions,
  work: Work,
): Promise<BuiltImage> {
  const { to, cwd = process.cwd(), production = false } = options;
  const formats = chooseFormats(options.formats?.length ? options.formats : [to ? 'tar' : defaultFormat]);
  const stream = to && streamOf(formats);
  const { stdin, inputTar, sbom = {}, decompressKernel } = options;
  if (inputTar !== undefined) await checkInputTar(inputTar, formats, options);
  const manifest = await readManifests(manifests, { cwd, stdin, ...packageNames(work) });
  await checkManifest(manifest, { cwd, env: work.env }, production);
  const imageOf = await manifestImages(manifest, work);
  const wish = sbom ? sbomWish(sbom, work.env) : undefined;
  const image = await assemble({ manifest, imageOf, cwd, production, decompressKernel, sbom: wish }, work);
  await checkBudgets(manifest, image);
  const images = Object.fromEntries(imageRefs(manifest).map((ref) => [ref.value, imageOf(ref).digest]));
  if (stream)
    return { files: await streamTo(() => stream(image, options, work), to, work), memoryMiB: 0, images };
  const written: OutputFile[] = [];
  for (const format of formats) written.push(...(await writeFormat(format, image, options, work)));
  // The kernel belongs to several formats.
  const files = [...new Map(written.map((file) => [file.path, file])).values()];
  return { files, memoryMiB: await leastMemory(image, formats), images };
}

async function streamTo(
  stream: () => AsyncIterable<Uint8Array>,
  to: string | Writable,
  { signal }: Work,
): Promise<OutputFile[]> {
  if (typeof to === 'string') return [{ path: to, bytes: await writePieces(to, stream, signal) }];
  await pipeline(stream(), to, { signal, end: false });
  return [];
}

/** Enough for each of the formats. */
async function leastMemory(image: BootImage, formats: readonly OutputFormat[]): Promise<number> {
  const needs = formats.map(async ({ root, memoryMiB }) => {
    if (memoryMiB) return memoryMiB(image);
    if (root === 'none') return 0;
    return root === 'medium' ? (await image.medium()).memoryMiB : image.memoryMiB();
  });
  return Math.max(...(await Promise.all(needs)));
}
