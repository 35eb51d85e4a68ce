import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { kernelFileSuffixes } from '../outputs/kernel-files.ts';
import type { Work } from '../work.ts';
import { commandLineOf, findMedia, prefixOf } from './find-media.ts';

/** The parts of an image in format kernel+initrd that run without its kernel. */
export interface FoundInitrd {
  /** Absolute path. */
  readonly initrd: string;
  /** The command line itself. */
  readonly cmdline: string;
}

/**
 * The initrd of the image of that name, which needs no kernel beside it. `name`: the common prefix of the
 * image's files, or one of them. @throws KitError
 */
export async function findInitrd(name: string, cwd: string, work: Work): Promise<FoundInitrd> {
  const { start } = prefixOf(resolve(cwd, name));
  const initrd = `${start}${kernelFileSuffixes.initrd}`;
  if (existsSync(initrd)) return { initrd, cmdline: await commandLineOf(start) };
  // Throws for a name that is no image at all.
  await findMedia(name, cwd, { as: undefined, firmware: undefined, writable: false }, work);
  throw new KitError(`Cannot run "${name}" as a container: its layers are not in an initrd`, {
    hint: 'give a manifest, or an image in format kernel+initrd',
  });
}
