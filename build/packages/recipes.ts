import { readFileSync } from 'node:fs';
import { dataFile, isPackaged, packagedFile } from '../host/paths.ts';
import { contentHash } from './inputs.ts';

const inBuild = (folder: string, names: readonly string[]): string[] =>
  names.map((name) => `build/${folder}/${name}.ts`);
const inLib = (folder: string, names: readonly string[]): string[] =>
  names.map((name) => `lib/${folder}/${name}.ts`);

const tar = inLib('archive', ['tar-entry', 'tar-header', 'tar-pax', 'tar-write']);
const image = inBuild('packages', ['components', 'write-image', 'bundle/layers']);

/**
 * kit's own source files, by their paths in the checkout, that determine the bytes of layers and images. A
 * change in one of them changes the tags of the packages made with it. esbuild and its options are not
 * included, since the bundle itself is hashed; nor is the Node layer.
 */
const debian = [
  ...tar,
  ...inLib('archive', ['byte-source', 'tar-read']),
  ...inBuild('debian', ['deb', 'globs', 'source', 'unpack']),
  ...inBuild('packages/debian', ['firmware', 'kernel', 'layer', 'module-files', 'modules', 'spool', 'strip']),
];

const sandbox = inBuild('packages/sandbox', ['sandbox', 'sandbox-script']);

const external = [
  ...inBuild('binary', ['elf/elf64']),
  ...inBuild('packages/external', [
    ...['external-layer', 'link-programs', 'stage', 'synthetic-lock'],
    ...['addons/check-addons', 'addons/check-manifests', 'addons/elf', 'addons/fit', 'addons/staged-package'],
    ...['compile/build-packages', 'compile/script-text', 'compile/toolchain'],
  ]),
  ...sandbox,
];

const source = [
  ...tar,
  ...sandbox,
  ...inBuild('debian', ['source', 'unpack']),
  ...inBuild('packages/source', ['build', 'build-script', 'source-layer', 'tools']),
];

export const recipes = {
  /** Of the layer with external packages alone: a change in one of these changes its tag. */
  external: [...tar, ...external],
  debianLayer: debian,
  debian: [...debian, ...image],
  /** Of the layer of what a build from source has made alone. */
  sourceLayer: source,
  source: [...source, ...image],
  service: [...tar, ...image],
  files: [...tar, ...image],
} as const;

/** Source files that determine the bytes of bundles: after a change, packages are bundled again. */
export const bundlerSources = [
  ...inBuild('packages/bundle', ['builtins', 'bundle', 'drop-unused-code']),
  ...inBuild('packages/project', [
    ...['bundle-project', 'bundler', 'decorators', 'loaders', 'node-engines', 'package-json', 'places'],
    ...['project-inputs', 'source-names', 'taken-files', 'tsconfig', 'unresolved'],
  ]),
  ...inBuild('packages/project/references', [
    ...[
      'analyse',
      'bindings',
      'evaluate',
      'judge',
      'judgement',
      'locales',
      'nodes',
      'plugin',
      'scan',
      'target',
    ],
  ]),
];

/** Source files that determine the bytes of the Node layer. */
export const nodeSources = [
  ...inBuild('binary', ['elf/elf64', 'elf/symbol-range', 'icu/icu-package']),
  ...inBuild('packages/node-runtime', ['english-data', 'trim-icu']),
];

/** All of them. */
export const allSources: readonly string[] = [
  ...new Set([...Object.values(recipes).flat(), ...bundlerSources, ...nodeSources]),
];

/** In the npm package, which has no sources: their hashes, by path. */
export const sourceTable = 'sources.json';

/** Hashes of source files of kit, the same in the checkout and in the npm package. */
export function sourceHashes(paths: readonly string[]): string[] {
  if (!isPackaged) return paths.map((path) => contentHash(dataFile(path)));
  const table = JSON.parse(readFileSync(packagedFile(sourceTable), 'utf8')) as Record<string, string>;
  return paths.map((path) => table[path] ?? '');
}

/** Files that change whenever one of these sources does. */
export function sourceInputs(paths: readonly string[]): string[] {
  return isPackaged ? [packagedFile(sourceTable)] : paths.map(dataFile);
}
