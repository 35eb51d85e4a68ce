import { KitError } from '../../../lib/errors/errors.ts';
import { cacheNames, type ForeignRef, parseImageRef, registryRef } from '../../reference/image-ref.ts';
import { formatReference, type Reference, withDefaultTag } from '../../reference/reference.ts';

/** The image that an argument names: of a registry or an archive. @throws KitError for a folder */
export function foreignRef(text: string, cwd: string): ForeignRef {
  const ref = parseImageRef(text, { folder: cwd });
  if (ref.kind !== 'package') return ref;
  throw new KitError(`Cannot find image "${text}" in the cache: it is a folder`, {
    hint: `for the name of a package: kit pkg show-tag ${text}`,
    exitCode: 2,
  });
}

/** The names that the cache may have for an argument, in the order in which they count. */
export const imageNames = (text: string, cwd: string): string[] => cacheNames(foreignRef(text, cwd));

/** `docker.io/library/redis:7` for `redis:7`. @throws KitError for an invalid reference */
export const fullReference = (text: string): Reference => withDefaultTag(registryRef(text).name);

export const fullName = (text: string): string => formatReference(fullReference(text));
