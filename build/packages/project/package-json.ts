import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { KitError, reasonOf } from '../../../lib/errors/errors.ts';
import { shownPath } from '../definition/shown-path.ts';

/** What kit reads of the package.json of an npm package. */
export interface PackageJson {
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** `>=18`, of `engines` */
  readonly node: string | undefined;
}

/** Values of another type count as absent. @throws KitError for a package.json that is missing or no JSON */
export function readPackageJson(folder: string): PackageJson {
  const file = join(folder, 'package.json');
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(file, 'utf8'));
  } catch (thrown) {
    throw new KitError(`Cannot read "${shownPath(file)}": ${reasonOf(thrown)}`, { cause: thrown });
  }
  const { name, version, engines } = Object(value) as Record<string, unknown>;
  const { node } = Object(engines) as Record<string, unknown>;
  return { name: text(name), version: text(version), node: text(node) };
}

const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;
