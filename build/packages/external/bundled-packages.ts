import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Message, Metafile } from 'esbuild';
import { KitError, type SourcePosition } from '../../../lib/errors/errors.ts';
import type { JsonItem } from '../../../lib/oci/json.ts';
import { shownPath } from '../definition/shown-path.ts';
import { namedPlatform } from './lock/platform.ts';
import { readPackageJson } from './lock/project.ts';

/**
 * Refuses npm packages in a bundle that have a native addon: a file beside their code, which cannot be part
 * of it.
 * @param root folder that the paths of the metafile are relative to
 */
export function checkBundledPackages(metafile: Metafile, root: string): void {
  for (const folder of packageFolders(metafile, root)) {
    const name = nativeName(folder);
    if (name === undefined || isDispensable(name, importers(metafile, root, folder))) continue;
    throw addonError(name, importPlace(metafile, root, folder));
  }
  for (const [path, { imports }] of Object.entries(metafile.inputs)) {
    const addon = imports.find((each) => each.path.endsWith('.node'));
    const file = resolve(root, path);
    if (addon && folderOf(file) === undefined) throw ownAddonError(file, addon.original ?? addon.path);
  }
}

function ownAddonError(file: string, specifier: string): KitError {
  return new KitError(`Cannot bundle "${specifier}": it is a native addon`, {
    place: placeOf(file, specifier),
    hint: 'an npm package that brings it, named under "external" in build.yml, keeps it as a file',
  });
}

/** The error for a bundle that failed because of such a package; undefined for other failures. */
export function bundledAddonError(failures: readonly Message[], root: string): KitError | undefined {
  for (const { location } of failures) {
    const file = location && resolve(root, location.file);
    const folder = file && folderOf(file);
    const name = folder && nativeName(folder);
    if (name)
      return addonError(name, { file: shownPath(file), line: location.line, column: location.column + 1 });
  }
  return undefined;
}

/** Name of the package in a folder if it has an addon that it needs. */
function nativeName(folder: string): string | undefined {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return undefined;
  const manifest = readPackageJson(file);
  const name = manifest.optional('name', (value) => value.text()) ?? '';
  return isNative(manifest, folder) && !worksWithout.has(name) ? name : undefined;
}

function addonError(name: string, place: SourcePosition | undefined): KitError {
  return new KitError(`Cannot bundle npm package "${name}": it has a native addon`, {
    place,
    hint: `"external: [${name}]" in build.yml takes the package along as it is`,
  });
}

/**
 * Packages that do the same in JavaScript when their addon, or that of a package they look for, is not there.
 * The parts of kit for each platform are Node, which its command needs, and not its library for services.
 */
const worksWithout = new Set([
  '@kitlinux/kit',
  ...['ssh2', 'cpu-features', 'bufferutil', 'utf-8-validate', 'msgpackr-extract', 'cbor-extract', 'fsevents'],
  ...['dtrace-provider', 'pg-native', 'iconv', 'unix-dgram', 'ws'],
]);

/** Of the packages whose code is in the bundle: what is imported and not used is no obstacle. */
function packageFolders({ outputs }: Metafile, root: string): Set<string> {
  const used = Object.values(outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  );
  return new Set(used.flatMap((path) => folderOf(resolve(root, path)) ?? []));
}

const folderOf = (path: string): string | undefined =>
  /^.*\/node_modules\/(?:@[^/]+\/)?[^/@][^/]*(?=\/)/.exec(path)?.[0];

/** Packages by which another one finds or fetches its addon. */
const loaders = [
  ...['bindings', 'node-gyp-build', 'node-gyp-build-optional-packages', 'prebuild-install', 'node-pre-gyp'],
  ...['@mapbox/node-pre-gyp', 'pkg-prebuilds', 'cmake-js', 'nan', 'node-addon-api', 'napi-macros'],
];

function isNative(manifest: JsonItem, folder: string): boolean {
  if (existsSync(join(folder, 'binding.gyp'))) return true;
  const names = (key: string): string[] => Object.keys(manifest.optional(key, (map) => map.fields()) ?? {});
  if (names('dependencies').some((name) => loaders.includes(name))) return true;
  // A prebuilt part for each platform, as optional packages.
  const parts = names('optionalDependencies').map((name) => namedPlatform(name)?.os);
  return parts.filter(Boolean).length > 1 && parts.includes('linux');
}

/** Files of other packages, or of the program, that import the one in `folder`. */
function importers({ inputs }: Metafile, root: string, folder: string): string[] {
  return Object.entries(inputs).flatMap(([path, { imports }]) => {
    const file = resolve(root, path);
    const isImporter = imports.some((each) => folderOf(resolve(root, each.path)) === folder);
    return isImporter && folderOf(file) !== folder ? [file] : [];
  });
}

/** Whether all who import a package do without it where npm cannot install it. */
function isDispensable(name: string, files: readonly string[]): boolean {
  const folders = files.map(folderOf);
  return folders.length > 0 && folders.every((folder) => folder !== undefined && isOptionalFor(folder, name));
}

function isOptionalFor(folder: string, name: string): boolean {
  const manifest = readPackageJson(join(folder, 'package.json'));
  return manifest.optional('optionalDependencies', (map) => Object.hasOwn(map.fields(), name)) ?? false;
}

/** Where code of another package, or of the program, imports the one in `folder`. */
function importPlace({ inputs }: Metafile, root: string, folder: string): SourcePosition | undefined {
  for (const [path, { imports }] of Object.entries(inputs)) {
    const file = resolve(root, path);
    if (folderOf(file) === folder) continue;
    const found = imports.find((each) => folderOf(resolve(root, each.path)) === folder);
    if (found && existsSync(file)) return placeOf(file, found.original ?? '');
  }
  return undefined;
}

function placeOf(file: string, specifier: string): SourcePosition {
  const lines = readFileSync(file, 'utf8').split('\n');
  const quoted = [`'${specifier}'`, `"${specifier}"`, `\`${specifier}\``];
  const line = lines.findIndex((text) => quoted.some((each) => text.includes(each)));
  const text = lines[line] ?? '';
  const column = Math.max(0, ...quoted.map((each) => text.indexOf(each)));
  return { file: shownPath(file), line: line + 1 || 1, column: column + 1 };
}
