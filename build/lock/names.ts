import { relative } from 'node:path';
import type { Located } from '../manifest/types.ts';
import { isPackageRef } from '../packages/definition/find.ts';

/** Whether a reference of a manifest is a package, which kit builds. */
export const isPackage = (ref: Located<string>): boolean =>
  isPackageRef(ref.value) || packageFolder(ref) !== undefined;

/**
 * The package folder behind a name that came from a template, which changes with the package, or is an
 * absolute path. kit.lock has relative paths instead of such names.
 */
const packageFolder = ({ value, origin }: Located<string>): string | undefined =>
  origin.packages?.get(value) ?? (value.startsWith('/') ? value : undefined);

/** The name of an image in kit.lock: as written, except that folders are relative to the manifest. */
export function lockName(ref: Located<string>): string {
  const folder = packageFolder(ref);
  if (folder === undefined) return ref.value;
  const path = relative(ref.origin.folder, folder) || '.';
  return path.startsWith('.') ? path : `./${path}`;
}
