import { dirname, join } from 'node:path';
import { npmFolders } from '../components.ts';
import { foldersAbove, isBelow, isDependency, type ProjectPlaces, packageFolder } from './places.ts';
import { nearestTsconfig, readTsconfig } from './tsconfig.ts';

/** What package managers write into node_modules at each change of it. */
export const installRecords = ['.package-lock.json', '.modules.yaml', '.yarn-state.yml'];

/**
 * Every path whose content determines the bundles: sources, the tsconfig.json and package.json files that
 * apply to them, and what package managers record.
 */
export function projectInputs(
  places: ProjectPlaces,
  sources: readonly string[],
  taken: readonly string[],
): string[] {
  const own = sources.filter((path) => !isDependency(path));
  const manifests = [...npmFolders(sources), ...own.flatMap((path) => packageFolder(path) ?? [])];
  const above = foldersAbove(places.home, places.root);
  return [
    ...sources,
    ...taken,
    ...tsconfigsOf(own, places.root),
    ...[...manifests, ...above].map((folder) => join(folder, 'package.json')),
    ...above.map((folder) => join(folder, 'package-lock.json')),
    ...above.flatMap((folder) => installRecords.map((name) => join(folder, 'node_modules', name))),
  ];
}

/** Those that apply, and those that would if they were there. */
function tsconfigsOf(sources: readonly string[], root: string): string[] {
  const folders = new Set(sources.map((path) => dirname(path)));
  const nearest = [...folders].map((folder) =>
    nearestTsconfig(folder, isBelow(root, folder) ? root : undefined),
  );
  const used = new Set(nearest.flatMap(({ file }) => file ?? []));
  return [
    ...nearest.flatMap(({ candidates }) => candidates),
    ...[...used].flatMap((file) => readTsconfig(file).chain),
  ];
}
