import { KitError } from '../../../../lib/errors/errors.ts';
import type { Selection } from './select.ts';

/** More folders than any project has, and deeper ones. */
const limits = { count: 20_000, depth: 40 } as const;

/**
 * Where each package goes: `node_modules/a`, `node_modules/a/node_modules/b`, and the ids there. A package
 * goes as far up as it can: below the first folder, from the top, where no other version of it is, and
 * through which no package has found another version further up.
 */
export function layoutOf({ roots, nodes }: Selection): Map<string, string> {
  const places = new Map<string, string>();
  /** For each folder, names that packages in it or below it have found above it. */
  const passed = new Map<string, Set<string>>();
  const queue: string[] = [];
  const place = (location: string, id: string): void => {
    places.set(location, id);
    if (places.size > limits.count)
      throw new KitError(`Cannot make more than ${limits.count} folders of packages`);
    queue.push(location);
  };
  for (const [name, id] of sorted(roots)) place(`node_modules/${name}`, id);
  for (const folder of queue) {
    const path = foldersUpFrom(folder);
    if (path.length > limits.depth) throw endless(places.get(folder) ?? '');
    for (const [name, id] of sorted(nodes.get(places.get(folder) ?? '')?.dependencies ?? new Map())) {
      const visible = path.findIndex((each) => places.has(locationIn(each, name)));
      const isFound = places.get(locationIn(path[visible] ?? '', name)) === id;
      const candidates = visible < 0 ? path : path.slice(0, visible);
      const holder = isFound ? visible : candidates.findLastIndex((each) => !passed.get(each)?.has(name));
      if (!isFound) place(locationIn(path[holder] ?? folder, name), id);
      for (const below of path.slice(0, holder)) {
        const names = passed.get(below) ?? new Set();
        passed.set(below, names.add(name));
      }
    }
  }
  return new Map([...places].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** With folders in folders, versions that need each other in turn would go on for ever. */
function endless(id: string): KitError {
  return new KitError(
    `Cannot put npm package "${id}" into node_modules: it and its dependencies need each other`,
    {
      hint: 'in versions that exclude each other: an override of one of them in package.json ends that',
    },
  );
}

function sorted(map: ReadonlyMap<string, string>): [string, string][] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1));
}

const locationIn = (folder: string, name: string): string =>
  `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;

/** The folder of a package and those of the packages above it, up to `''`, the top. */
function foldersUpFrom(folder: string): string[] {
  const folders = [folder];
  for (
    let at = folder.lastIndexOf('/node_modules/');
    at > 0;
    at = folder.lastIndexOf('/node_modules/', at - 1)
  ) {
    folders.push(folder.slice(0, at));
  }
  return [...folders, ''];
}

/** The place that `require(name)` in a package's folder finds. */
export function foundFrom(
  places: ReadonlyMap<string, string>,
  folder: string,
  name: string,
): string | undefined {
  return foldersUpFrom(folder)
    .map((each) => locationIn(each, name))
    .find((location) => places.has(location));
}
