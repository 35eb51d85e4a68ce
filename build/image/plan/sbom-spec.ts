import { posix } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { createdTime } from './created.ts';

/** The user's options for the bill of materials. */
export interface SbomOptions {
  /** Path in the image; `sbom.spdx.json`, as LinuxKit's, when absent. */
  readonly path?: string | undefined;
  /** Record the time of the build, so that no two builds are equal. */
  readonly currentTime?: boolean | undefined;
}

/** The bill of materials that an image carries. */
export interface SbomSpec {
  /** In the image: `sbom.spdx.json`. */
  readonly path: string;
  /** Time of creation that it states: `2017-04-18T16:30:00Z`. */
  readonly created: string;
}

/**
 * Determines path and time. The time is that of SOURCE_DATE_EPOCH (reproducible-builds.org) where it is set,
 * else the constant one that LinuxKit gives to everything it creates.
 * @throws KitError for a path that is not a file inside the image
 */
export function sbomSpec(
  { path = 'sbom.spdx.json', currentTime = false }: SbomOptions,
  env: Readonly<Record<string, string | undefined>>,
): SbomSpec {
  const clean = posix.normalize(`/${path}`).slice(1);
  if (clean === '' || path.endsWith('/') || path.split('/').includes('..') || path.includes('\0')) {
    throw new KitError(
      `Cannot call the bill of materials "${path}": expected the path of a file in the image`,
      {
        exitCode: 2,
      },
    );
  }
  const epoch = /^\d{1,11}$/.test(env.SOURCE_DATE_EPOCH ?? '') ? Number(env.SOURCE_DATE_EPOCH) : createdTime;
  const time = currentTime ? new Date() : new Date(epoch * 1000);
  return { path: clean, created: time.toISOString().replace(/\.\d+Z$/, 'Z') };
}
