import { readFile, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { codeOf, KitError } from '../../lib/errors/errors.ts';
import { memoryNeeded } from '../assemble/memory.ts';

/** Files of kernel+initrd, the format that `kit build` writes. Absolute paths. */
export interface BootImage {
  readonly kernel: string;
  readonly initrd: string;
  readonly cmdlineFile: string;
  readonly cmdline: string;
  /** The least memory that it boots in. */
  readonly memoryMiB: number;
}

export const isManifest = (name: string): boolean => /\.ya?ml$/i.test(name);

/**
 * The image whose files begin with `prefix`: `out/web` for `out/web-kernel`, `out/web-initrd.img`, `out/web-
 * cmdline`.
 */
export async function findImage(prefix: string, cwd: string): Promise<BootImage> {
  // People complete the name of a file they see.
  const start = resolve(cwd, prefix).replace(/-(kernel|initrd\.img|cmdline)$/, '');
  const [kernel, initrd, cmdlineFile] = [`${start}-kernel`, `${start}-initrd.img`, `${start}-cmdline`];
  const [, initrdBytes] = await Promise.all([
    sizeOf(prefix, kernel),
    sizeOf(prefix, initrd),
    sizeOf(prefix, cmdlineFile),
  ]);
  const cmdline = (await readFile(cmdlineFile, 'utf8')).trim();
  return { kernel, initrd, cmdlineFile, cmdline, memoryMiB: memoryNeeded(initrdBytes, 0) };
}

async function sizeOf(image: string, path: string): Promise<number> {
  try {
    return (await stat(path)).size;
  } catch (thrown) {
    if (codeOf(thrown) !== 'ENOENT' && codeOf(thrown) !== 'ENOTDIR') throw thrown;
    throw new KitError(`Cannot find image "${image}": there is no "${path}"`, {
      hint: 'give a manifest (FILE.yml), or the name of a built image: out/web for out/web-kernel',
      cause: thrown,
    });
  }
}

/** `web` for `out/web`, `out/web-kernel` and `examples/web.yml`. */
export function imageName(image: string): string {
  return basename(image).replace(/\.ya?ml$|-(kernel|initrd\.img|cmdline)$/i, '');
}

/** Memory in MiB: what was asked for, if the image boots in it; else enough to be comfortable. */
export function chooseMemory(asked: number | undefined, image: string, leastMiB: number): number {
  if (asked === undefined) return Math.max(usualMiB, Math.ceil((leastMiB * 1.5) / 64) * 64);
  if (asked >= leastMiB) return asked;
  throw new KitError(`Cannot run "${image}" with ${asked} MiB of memory: it needs at least ${leastMiB} MiB`, {
    hint: `--mem ${leastMiB}`,
  });
}

/** LinuxKit's default. */
const usualMiB = 1024;
