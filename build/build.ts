import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { assemble } from './image/assemble.ts';
import { checkDemands } from './image/demands/check-demands.ts';
import { needKernel } from './image/kernel/need-kernel.ts';
import type { BootImage } from './image/plan/boot-image.ts';
import { checkBudgets } from './image/plan/budgets.ts';
import { checkManifest } from './image/plan/check.ts';
import type { PlanOptions } from './image/plan/image-plan.ts';
import type { MachineNeeds } from './image/plan/machine-needs.ts';
import type { NamedSize } from './image/plan/size-changes.ts';
import { planManifest } from './image/plan-manifest.ts';
import { type ReadOptions, readManifestFiles } from './images/manifest-files.ts';
import type { ImageOf } from './images/manifest-images.ts';
import { imageRefs } from './manifest/images/image-refs.ts';
import type { Manifest } from './manifest/types.ts';
import { chooseFormats, streamOf } from './outputs/choose-formats.ts';
import { defaultFormat } from './outputs/formats.ts';
import { checkInputTar } from './outputs/input-tar.ts';
import type { OutputFile, OutputFormat, OutputPlace } from './outputs/output.ts';
import { checkSigning } from './outputs/signed-formats.ts';
import { writeFormat } from './outputs/write-format.ts';
import { writePieces } from './pieces/write-pieces.ts';
import type { Work } from './work.ts';

/** The flags of `kit build`. */
export interface BuildOptions extends OutputPlace, PlanOptions, ReadOptions {
  /** Names of formats; none for the default. */
  readonly formats?: readonly string[] | undefined;
  /**
   * Where one format that can be streamed goes in place of its usual file: a path, or a stream, which is left
   * open.
   */
  readonly to?: string | Writable | undefined;
  /** Refuse a manifest that names no kernel before anything is built: the image is to be booted. */
  readonly needsKernel?: boolean;
  /** LinuxKit's archive of an earlier build. It is only checked: kit's cache serves its purpose. */
  readonly inputTar?: string | undefined;
  /** The parts at the last build, for the message about an exceeded budget. */
  readonly lastParts?: readonly NamedSize[] | undefined;
}

export interface BuiltImage {
  readonly files: readonly OutputFile[];
  /** The least memory, in MiB, that its files boot in; 0 when none boots, and with `to`. */
  readonly memoryMiB: number;
  /** Names of its kernel's drivers; undefined if they are not known. */
  readonly drivers: readonly string[] | undefined;
  readonly needs: MachineNeeds;
  /** Digests of its images, by their names in the manifest. */
  readonly images: Readonly<Record<string, string>>;
  /** Of a manifest with budgets for what a build has. */
  readonly parts: readonly NamedSize[] | undefined;
}

/**
 * Manifest files to image files, step by step: `kit build`, and `kit run FILE.yml`.
 *
 *   read      files → Manifest, merged
 *   check     Manifest: reports all errors that can be found without images
 *   resolve   Manifest → ImageOf: its images, found, pulled or built; with --locked those of kit.lock
 *   inputs    the users of images, the seccomp profiles of files
 *   plan      Manifest, ImageOf → ImagePlan: layout, bundles and volumes; reads and writes nothing
 *   demands   ImagePlan: reports programs, runtimes and folders that neither images nor machine have
 *   assemble  ImagePlan → BootImage: kernel, initrd, medium and tree, each made when a format asks for it
 *   write     BootImage → OutputFile[], format by format
 *
 * @throws KitErrors, KitError
 */
export async function buildImage(
  manifestFiles: readonly string[],
  options: BuildOptions,
  work: Work,
): Promise<BuiltImage> {
  const formats = await checkOptions(options);
  const manifest = await readManifestFiles(manifestFiles, options, work);
  if (options.needsKernel) needKernel(manifest.kernel?.value.image, manifest);
  checkSigning(manifest, formats, options.production ?? false, work);
  await checkManifest(manifest, options, work.env);
  const { imageOf, plan } = await planManifest(manifest, options, work);
  await checkDemands(plan, work);
  const image = await assemble(plan, work);
  const parts = await checkBudgets(manifest, image, options.lastParts);
  const files = await writeFormats(image, formats, options, work);
  const memoryMiB = options.to ? 0 : await leastMemory(image, formats);
  const { drivers, needs } = image;
  return { files, memoryMiB, drivers, needs, images: digestsOf(manifest, imageOf), parts };
}

/** The formats that the options ask for. @throws KitError for options that contradict each other */
async function checkOptions(options: BuildOptions): Promise<readonly OutputFormat[]> {
  const { formats: names = [], to, inputTar } = options;
  const formats = chooseFormats(names.length > 0 ? names : [to ? 'tar' : defaultFormat]);
  if (to) streamOf(formats);
  if (inputTar !== undefined) await checkInputTar(inputTar, formats, options);
  return formats;
}

const digestsOf = (manifest: Manifest, imageOf: ImageOf): Record<string, string> =>
  Object.fromEntries(imageRefs(manifest).map((ref) => [ref.value.text, imageOf(ref).digest]));

/** Writes the files of every format, or one format to the place that the user names. */
async function writeFormats(
  image: BootImage,
  formats: readonly OutputFormat[],
  options: BuildOptions,
  work: Work,
): Promise<OutputFile[]> {
  const { to } = options;
  if (to) {
    const stream = streamOf(formats);
    return streamTo(() => stream(image, options, work), to, work);
  }
  const written: OutputFile[] = [];
  for (const format of formats) written.push(...(await writeFormat(format, image, options, work)));
  // Several formats write the same kernel file.
  return [...new Map(written.map((file) => [file.path, file])).values()];
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
