import type { Readable } from 'node:stream';
import { assemble } from '../assemble/assemble.ts';
import type { BootImage } from '../assemble/boot-image.ts';
import { manifestImages } from '../assemble/images.ts';
import { readManifests } from '../manifest/read.ts';
import type { Work } from '../work.ts';
import { defaultFormat, outputsOf } from './formats.ts';
import type { Output, OutputFile, OutputPlace } from './output.ts';

export interface BuildOptions extends OutputPlace {
  readonly formats?: readonly string[] | undefined;
  /** Absolute folder that relative paths of the user mean; the process's own when absent. */
  readonly cwd?: string | undefined;
  /** Read for the file name `-`. */
  readonly stdin?: Readable | undefined;
}

export interface BuiltImage {
  readonly files: readonly OutputFile[];
  /** The least memory, in MiB, that the image boots in; 0 when it is nothing that boots. */
  readonly memoryMiB: number;
}

/** Manifest files to image files: what `kit build` and `kit run FILE.yml` call. @throws KitErrors, KitError */
export async function buildManifest(
  manifests: readonly string[],
  options: BuildOptions,
  work: Work,
): Promise<BuiltImage> {
  const outputs = outputsOf(options.formats?.length ? options.formats : [defaultFormat]);
  const cwd = options.cwd ?? process.cwd();
  const manifest = await readManifests(manifests, { cwd, stdin: options.stdin });
  const image = await assemble({ manifest, imageOf: await manifestImages(manifest, work), cwd }, work);
  const written: OutputFile[] = [];
  for (const output of outputs) written.push(...(await output.write(image, options, work)));
  // The kernel belongs to several formats.
  const files = [...new Map(written.map((file) => [file.path, file])).values()];
  return { files, memoryMiB: await leastMemory(image, outputs) };
}

/** Enough for each of the formats. */
async function leastMemory(image: BootImage, outputs: readonly Output[]): Promise<number> {
  const needs = outputs.map(async ({ root = 'memory' }) => {
    if (root === 'none') return 0;
    return root === 'medium' ? (await image.medium()).memoryMiB : image.memoryMiB();
  });
  return Math.max(...(await Promise.all(needs)));
}
