import { readFile } from 'node:fs/promises';
import { dataFile } from './paths.ts';

/** What kit reads from its own package.json. */
export interface KitPackage {
  readonly version: string;
  /** The pinned versions of Node, which come as npm packages. */
  readonly optionalDependencies: Readonly<Record<string, string>>;
}

/** kit's own package.json; the npm package has the same. */
export async function kitPackage(): Promise<KitPackage> {
  return JSON.parse(await readFile(dataFile('package.json'), 'utf8')) as KitPackage;
}
