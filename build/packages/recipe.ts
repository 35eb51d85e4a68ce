import { join } from 'node:path';
import { kitRoot } from '../paths.ts';

const inBuild = (folder: string, names: readonly string[]): string[] =>
  names.map((name) => join(kitRoot, 'build', folder, `${name}.ts`));

const common = [
  ...inBuild('archive', ['tar-entry', 'tar-header', 'tar-pax', 'tar-write']),
  ...inBuild('packages', ['image', 'layers']),
];

/**
 * kit's own files that decide about the bytes of an image: when one changes, so do the tags of the packages made
 * with it. esbuild and its options are not among them, since the bundle itself is hashed; nor is the Node layer.
 */
export const recipes = {
  service: common,
  files: common,
  debian: [
    ...common,
    ...inBuild('archive', ['byte-source', 'tar-read']),
    ...inBuild('debian', ['deb', 'globs', 'kernel', 'layer', 'source', 'spool', 'strip', 'unpack']),
  ],
} as const;
