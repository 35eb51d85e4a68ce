import type { Work } from '../../work.ts';
import type { ExternalPackage } from '../definition/external-fields.ts';
import { shownPath } from '../definition/shown-path.ts';
import { recipes, sourceHashes, sourceInputs } from '../recipes.ts';
import { type Guest, guestOf } from './addons/guest.ts';
import { digestOf } from './lock/graph.ts';
import { findProject } from './lock/project.ts';
import { readProjectLock } from './lock/read-lock.ts';
import { type Selection, selectPackages } from './lock/select.ts';
import { npmrcFolders } from './stage.ts';
import { type SyntheticProject, syntheticProject } from './synthetic-lock.ts';

/** The external packages of a program, before anything is fetched. */
export interface ExternalPlan {
  /** Names under `external`. */
  readonly names: readonly string[];
  /** Their versions, by the name they are imported by. */
  readonly versions: ReadonlyMap<string, string>;
  readonly selection: Selection;
  readonly project: SyntheticProject;
  readonly guest: Guest;
  /** Names of packages that run on the machine's Node, whatever they state. */
  readonly ignoreEngines: readonly string[];
  /** Names of the packages whose install scripts run. */
  readonly built: ReadonlySet<string>;
  /** Folders whose .npmrc applies, the nearest first. */
  readonly npmrc: readonly string[];
  /** Identifies the bytes of the layer; 64 hex digits. */
  readonly key: string;
  /** Paths that were read or looked for. */
  readonly inputs: readonly string[];
}

/** Reads the lock file of the project around the package in `dir`. Needs no network. */
export async function planExternal(
  external: readonly ExternalPackage[],
  ignoreEngines: readonly string[],
  dir: string,
  { arch }: Work,
): Promise<ExternalPlan> {
  const found = findProject(dir);
  const names = external.map(({ name }) => name);
  const graph = readProjectLock(found, names);
  const shown = {
    file: shownPath(found.lockFile),
    importer: shownPath(found.packageJson),
    places: new Map(external.map(({ name, place }) => [name, place])),
  };
  const selection = selectPackages(graph, names, arch, shown);
  const project = syntheticProject(selection);
  const guest = await guestOf(arch);
  const built = new Set(external.flatMap(({ build }) => build));
  const recipe = sourceHashes(recipes.external);
  const key = digestOf([project.lock, guest, [...built].sort(), [...ignoreEngines].sort(), recipe]);
  const versionOf = ([name, id]: [string, string]): [string, string] => [
    name,
    selection.nodes.get(id)?.version ?? '',
  ];
  return {
    ...{ names, selection, project, guest, ignoreEngines, built, key },
    inputs: [...found.considered, ...sourceInputs(recipes.external)],
    versions: new Map([...selection.roots].map(versionOf)),
    npmrc: npmrcFolders(found.packageJson, found.root),
  };
}
