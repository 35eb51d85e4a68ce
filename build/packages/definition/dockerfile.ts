import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import { shownPath } from './shown-path.ts';

const names = ['Dockerfile', 'Containerfile'];

/** The error for a folder whose image is made by a Dockerfile, with the way out; undefined for any other. */
export function dockerfileError(dir: string): KitError | undefined {
  const file = names.find((name) => existsSync(join(dir, name)));
  if (file === undefined) return undefined;
  const folder = shownPath(dir);
  const name = basename(dir).toLowerCase();
  return new KitError(`Cannot build package "${folder}": kit does not build a ${file}`, {
    hint:
      `build it with Docker or buildah, then name the archive as the image: docker build -t ${name} ` +
      `${folder} && docker save -o ${name}.tar ${name}, and image: docker-archive:${name}.tar in the manifest`,
  });
}
