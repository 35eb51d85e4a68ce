import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KitError } from '../../../lib/errors/errors.ts';
import type { ProgramBundle } from '../bundle/bundle.ts';
import { nodeComponent, npmFolders } from '../components.ts';
import { shownPath } from '../definition/shown-path.ts';
import { Bundler } from './bundler.ts';
import { checkEngines } from './node-engines.ts';
import { type ProjectPlaces, projectPlaces } from './places.ts';
import { projectInputs } from './project-inputs.ts';
import type { ProjectProgram } from './project-program.ts';
import { TakenFiles } from './taken-files.ts';
import { nearestTsconfig, readTsconfig } from './tsconfig.ts';

/**
 * Bundles a program of the user, and each worker and further program of it, as `bundleService` does with
 * kit's; finds the files that they refer to.
 * @param dir folder of build.yml @param name of the package: prefix of its own sources in stack traces
 * @param versions of the packages of `external`, by name
 * @throws KitError for what would fail in the machine: with its place, and a way out
 */
export async function bundleProject(
  program: ProjectProgram,
  dir: string,
  name: string,
  versions: ReadonlyMap<string, string> = new Map(),
): Promise<ProgramBundle> {
  const places = projectPlaces(dir, program.main, dirname(program.install));
  refusePlugAndPlay(places);
  const { file } = nearestTsconfig(places.home, places.root);
  // Mistakes in it are reported before anything is compiled.
  const tsconfig = file === undefined ? undefined : readTsconfig(file);
  const taken = new TakenFiles(places, program.assets);
  const bundler = new Bundler(program, places, taken, { name, tsconfig, versions });
  const files = await bundler.bundleAll();
  const { version: node } = await nodeComponent('amd64');
  checkEngines(npmFolders(bundler.inputs), node, program.ignoreEngines);
  return {
    files,
    assets: taken.list,
    inputs: projectInputs(places, bundler.inputs, taken.inputs),
    notes: bundler.notes,
  };
}

/** Its packages are in archives, of which no file can be taken along. */
function refusePlugAndPlay({ root }: ProjectPlaces): void {
  if (!existsSync(join(root, '.pnp.cjs'))) return;
  throw new KitError(
    `Cannot bundle the project in "${shownPath(root)}": yarn has installed it without node_modules`,
    {
      hint: 'set "nodeLinker: node-modules" in .yarnrc.yml, and run yarn install',
    },
  );
}
