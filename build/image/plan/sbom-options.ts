import { posix } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { SbomWish } from './assembly.ts';
import { createdTime } from './created.ts';

/** What a user may say about the bill of materials. */
export interface SbomOptions {
  /** In the image; LinuxKit's `sbom.spdx.json` when absent. */
  readonly path?: string | undefined;
  /** It says when it was made, and so differs each time. */
  readonly currentTime?: boolean | undefined;
}

/** The time is SOURCE_DATE_EPOCH's (reproducible-builds.org) where it is set, else LinuxKit's of everything it makes. */
export function sbomWish(
  { path = 'sbom.spdx.json', currentTime = false }: SbomOptions,
  env: Readonly<Record<string, string | undefined>>,
): SbomWish {
  const clean = posix.normalize(`/${path}`).slice(1);
  if (clean === '' || path.endsWith('/') || path.split('/').includes('..') || path.includes('\0')) {
    throw new KitError(`Cannot call the bill of materials "${path}": want the path of a file in the image`, {
      exitCode: 2,
    });
  }
  const epoch = /^\d{1,11}$/.test(env.SOURCE_DATE_EPOCH ?? '') ? Number(env.SOURCE_DATE_EPOCH) : createdTime;
  const time = currentTime ? new Date() : new Date(epoch * 1000);
  return { path: clean, created: time.toISOString().replace(/\.\d+Z$/, 'Z') };
}
