import { relative } from 'node:path';
import type { Located } from '../manifest/types.ts';
import { isPackageRef } from '../packages/definition/find.ts';

/** Whether a reference of a manifest means a package, which kit builds, and not an image from somewhere. */
export const isPackage = (ref: Located<string>): boolean =>
  isPackageRef(ref.value) || packageFolder(ref) !== undefined;

/** The folder of a package that is named by what it is made from: the name changes with every change. */
const packageFolder = ({ value, origin }: Located<string>): string | undefined =>
  origin.packages?.get(value) ?? (value.startsWith('/') ? value : undefined);

/**
 * The name of an image in kit.lock: as it is written, but for folders, which are relative to the manifest.
 */
export function lockName(ref: Located<string>): string {
  const folder = packageFolder(ref);
  if (folder === undefined) return ref.value;
  const path = relative(ref.origin.folder, folder) || '.';
  return path.startsWith('.') ? path : `./${path}`;
}
