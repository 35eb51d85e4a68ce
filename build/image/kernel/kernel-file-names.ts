import { KitError } from '../../../lib/errors/errors.ts';
import type { KernelOptions } from '../../manifest/types.ts';

/** The names of files at the root of a kernel image. */
export interface KernelFileNames {
  readonly kernel: string;
  /** The archive of modules; undefined for a kernel without modules. */
  readonly tar: string | undefined;
  readonly ucode: string | undefined;
}

/** The names that `kernel:` gives, with LinuxKit's defaults. */
export function kernelFileNames({ binary, tar = 'kernel.tar', ucode }: KernelOptions): KernelFileNames {
  const archive = tar === '' || tar === 'none' ? undefined : tar;
  return { kernel: binary || 'kernel', tar: archive, ucode: ucode || undefined };
}

/** The error for a kernel image that lacks one of its files. */
export function missingKernelFile(name: string, image: string): KitError {
  return new KitError(`Cannot find "${name}" in kernel image "${image}"`, {
    hint: 'kernel.binary, kernel.tar and kernel.ucode name the files; tar: none is for a kernel without modules',
  });
}
