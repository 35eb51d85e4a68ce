import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { dataFile, isPackaged, packagedFile } from '../../host/paths.ts';
import type { Component } from '../components.ts';
import type { ProgramBundle } from './program-bundle.ts';

/**
 * The npm package has kit's guest programs not as sources but as the bundles that `bundleService` makes of
 * them, in `dist/services/dhcp` for services/dhcp/main.ts: these files, and the program's source map.
 */
export const prebuiltFiles = {
  program: 'main.mjs',
  /** The npm packages in it: a list of Component. */
  components: 'components.json',
} as const;

/** The folder of a program's bundle: `services/dhcp`; `services/metadata/main-cloud` for a second program. */
export function prebuiltFolder(source: string): string {
  const name = basename(source, '.ts');
  return name === 'main' ? dirname(source) : join(dirname(source), name);
}

/** A guest program of kit: its source in the checkout, its bundle in the npm package. @param source
 * `services/dhcp/main.ts` */
export function kitProgram(source: string): string {
  return isPackaged ? packagedFile(join(prebuiltFolder(source), prebuiltFiles.program)) : dataFile(source);
}

export const isPrebuilt = (main: string): boolean => isPackaged && main.startsWith(packagedFile(''));

/** The bundle with the file names of the install path, as if it had been made for that. */
export async function readPrebuilt(main: string, install: string): Promise<ProgramBundle> {
  const components = join(dirname(main), prebuiltFiles.components);
  const paths = [main, `${main}.map`, components] as const;
  const [program, map, list] = await Promise.all(paths.map((path) => readFile(path)));
  const name = basename(install);
  const link = (to: string): Buffer => Buffer.from(`//# sourceMappingURL=${to}.map\n`);
  const code = (program as Buffer).subarray(0, -link(prebuiltFiles.program).length);
  return {
    files: [
      { name, content: Buffer.concat([code, link(name)]) },
      { name: `${name}.map`, content: map as Buffer },
    ],
    inputs: paths,
    components: JSON.parse(String(list)) as Component[],
  };
}
