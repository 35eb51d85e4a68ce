import { basename, relative } from 'node:path';
import { readPackageJson } from './package-json.ts';
import { isBelow, isDependency, type ProjectPlaces, packageFolder } from './places.ts';

/**
 * The name of a source file in stack traces and debuggers: `/app/src/main.ts` for the package "app" itself,
 * `/app/node_modules/pino/pino.js` for what is installed, `/@acme/text/src/index.ts` for other packages of
 * the project.
 */
export function projectSourceName({ home, root }: ProjectPlaces, name: string, path: string): string {
  // pnpm keeps packages in node_modules/.pnpm/pino@9.0.0/node_modules/pino.
  const plain = path.replace(/\/node_modules\/\.pnpm\/[^/]+\/node_modules\//, '/node_modules/');
  if (isBelow(home, plain)) return `/${name}/${relative(home, plain)}`;
  if (isDependency(plain)) return plain.slice(plain.indexOf('/node_modules/'));
  const folder = packageFolder(path);
  if (folder !== undefined) return `/${packageName(folder)}/${relative(folder, path)}`;
  return `/${relative(root, path).replace(/^(?:\.\.\/)+/, '')}`;
}

const packageName = (folder: string): string => readPackageJson(folder).name ?? basename(folder);

/**
 * Renames the sources of a map, and adds the text of those that the project's authors wrote. The maps of
 * dependencies name sources that are not installed, or are URLs.
 * @param textOf text of a source of the project itself
 */
export function nameSources(
  map: Uint8Array,
  nameOf: (source: string) => string,
  textOf: (source: string) => string | undefined,
): Uint8Array {
  const json = JSON.parse(Buffer.from(map).toString('utf8')) as { sources: string[] };
  // Node shows the source line of an uncaught error from here; dependencies would make the map large.
  const sourcesContent = json.sources.map((source) => textOf(source) ?? null);
  return Buffer.from(JSON.stringify({ ...json, sources: json.sources.map(nameOf), sourcesContent }));
}
