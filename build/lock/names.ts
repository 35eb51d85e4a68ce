import { relative } from 'node:path';
import type { Located } from '../manifest/types.ts';
import type { ImageRef } from '../reference/image-ref.ts';

/**
 * The name of an image in kit.lock: as written, except that a package folder is relative to the manifest. The
 * name that a template made changes with the package, and an absolute path is that of one machine.
 */
export function lockName({ value: ref, origin }: Located<ImageRef>): string {
  if (ref.kind !== 'package') return ref.text;
  const [folder] = ref.folders;
  const isWritten = ref.name === undefined && !ref.text.startsWith('/');
  if (isWritten || folder === undefined) return ref.text;
  const path = relative(origin.folder, folder) || '.';
  return path.startsWith('.') ? path : `./${path}`;
}
