import { join } from 'node:path';
import { kitRoot } from '../host/paths.ts';

const inBuild = (folder: string, names: readonly string[]): string[] =>
  names.map((name) => join(kitRoot, 'build', folder, `${name}.ts`));
const inLib = (folder: string, names: readonly string[]): string[] =>
  names.map((name) => join(kitRoot, 'lib', folder, `${name}.ts`));

const tar = inLib('archive', ['tar-entry', 'tar-header', 'tar-pax', 'tar-write']);
const image = inBuild('packages', ['components', 'write-image', 'bundle/layers']);

/**
 * kit's own source files that determine the bytes of layers and images. A change in one of them changes the
 * tags of the packages made with it. esbuild and its options are not included, since the bundle itself is
 * hashed; nor is the Node layer.
 */
const debian = [
  ...tar,
  ...inLib('archive', ['byte-source', 'tar-read']),
  ...inBuild('debian', ['deb', 'globs', 'source', 'unpack']),
  ...inBuild('packages/debian', ['kernel', 'layer', 'modules', 'spool', 'strip']),
];

export const recipes = {
  debianLayer: debian,
  debian: [...debian, ...image],
  service: [...tar, ...image],
  files: [...tar, ...image],
} as const;

/** Source files that determine the bytes of bundles: after a change, packages are bundled again. */
export const bundlerSources = [
  ...inBuild('packages/bundle', ['builtins', 'bundle', 'drop-unused-code']),
  ...inBuild('packages/project', [
    ...['bundle-project', 'bundler', 'decorators', 'loaders', 'node-engines', 'places', 'project-inputs'],
    ...['source-names', 'taken-files', 'tsconfig', 'unresolved'],
  ]),
  ...inBuild('packages/project/references', [
    ...['analyse', 'bindings', 'evaluate', 'judge', 'judgement', 'nodes', 'plugin', 'scan', 'target'],
  ]),
];
