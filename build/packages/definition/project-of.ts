import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { KeyPath } from '../../manifest/check.ts';
import type { RecordOf } from '../../manifest/kinds.ts';
import type { YamlDocument } from '../../manifest/yaml-document.ts';
import { kitProgram } from '../bundle/prebuilt.ts';
import type { ProjectProgram } from '../project/project-program.ts';
import type { buildFields } from './fields.ts';

/** The values of build.yml. */
export type BuildYml = RecordOf<typeof buildFields>;

/**
 * What build.yml says about a program of the user.
 * @param main absolute path of its main module @param install path of its bundle in the image
 * @throws KitError for a program that is not there, or that cannot be installed where it should
 */
export function projectOf(
  yml: BuildYml,
  dir: string,
  document: YamlDocument,
  main: string,
  install: string,
): ProjectProgram {
  const { entries = {}, assets = [], loaders = {}, ignoreEngines = [] } = yml;
  const programs = Object.entries(entries).map(([path, source]): [string, string] => {
    const place = document.place(['entries', path], true);
    if (!/^(?:\/(?!\.\.?(?:\/|$))[^/\0]+)+\.mjs$/.test(path) || path === install) {
      const why =
        path === install ? 'the program itself is there' : 'want an absolute path that ends in ".mjs"';
      throw new KitError(`Cannot install a program at "${path}": ${why}`, { place });
    }
    return [path, programFile(source, dir, document, ['entries', path])];
  });
  for (const ending of Object.keys(loaders).filter((name) => !/^\.[\w.+-]+$/.test(name))) {
    const place = document.place(['loaders', ending], true);
    throw new KitError(`Cannot use a loader for "${ending}": expected the ending of a file, such as ".sql"`, {
      place,
    });
  }
  return {
    ...{ main, install, entries: new Map(programs), loaders, ignoreEngines },
    external: externalNames(yml),
    icu: yml.icu ?? 'english',
    assets: assets.map((pattern, at) => ({ pattern, place: document.place(['assets', at]) })),
  };
}

/** Names of the npm packages of `external:`. */
export const externalNames = ({ external = [] }: BuildYml): string[] =>
  external.map((entry) => (typeof entry === 'string' ? entry : entry.name));

/** Whether a program lies beside build.yml, and is not one of kit. */
export const isOwnPath = (path: string): boolean => /^\.\.?\//.test(path);

/** The absolute path of a program in build.yml. @throws KitError if it is not there */
export function programFile(path: string, dir: string, document: YamlDocument, at: KeyPath): string {
  const file = isOwnPath(path) ? join(dir, path) : kitProgram(path);
  if (existsSync(file)) return file;
  throw new KitError(`Cannot find program "${path}": no such file`, {
    place: document.place(at),
    hint: 'a path that begins with "./" lies beside build.yml, any other one is a program of kit',
  });
}
