import { relative } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Difference } from './compare.ts';

/** The error for an image that differs; undefined if it does not. @param image its name in messages */
export function differenceError(
  image: string,
  [first, ...others]: readonly Difference[],
  cwd: string,
): KitError | undefined {
  if (!first) return undefined;
  const { file, offset, part, cause } = first;
  const path = relative(cwd, file);
  const shown = path.startsWith('..') ? file : path;
  const place = offset === null ? '' : ` at byte ${offset}${part === null ? '' : ` (in "${part}")`}`;
  const more = others.length === 0 ? '' : `; ${others.length} more of its files differ`;
  return new KitError(`Image "${image}" differs: "${shown}"${place}: ${cause}${more}`, {
    hint: 'use the manifests, flags, lock files and version of kit that the image was built with',
  });
}
