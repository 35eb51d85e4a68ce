import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { Loader, Plugin } from 'esbuild';
import JSON5 from 'json5';
import { reasonOf } from '../../../lib/errors/errors.ts';
import type { LoaderName } from './loader-names.ts';

const texts = [
  ...['.txt', '.md', '.sql', '.graphql', '.gql', '.html', '.htm', '.css', '.svg', '.xml', '.csv', '.tsv'],
  ...[
    '.yaml',
    '.yml',
    '.toml',
    '.ini',
    '.proto',
    '.pem',
    '.crt',
    '.key',
    '.hbs',
    '.ejs',
    '.mustache',
    '.pug',
  ],
];

/** The table of docs/node-projects.md. */
export const defaultLoaders: Readonly<Record<string, LoaderName>> = {
  ...Object.fromEntries(texts.map((ending) => [ending, 'text' as const])),
  ...{ '.wasm': 'bytes', '.bin': 'bytes', '.png': 'bytes', '.jpg': 'bytes', '.ico': 'bytes' },
  ...{ '.json5': 'json5', '.jsonc': 'json5' },
};

/** esbuild's own loaders. */
export function esbuildLoaders(loaders: Readonly<Record<string, LoaderName>>): Record<string, Loader> {
  const known = Object.entries(loaders).flatMap(([ending, name]): [string, Loader][] => {
    if (name === 'json5' || name === 'file') return [];
    return [[ending, name === 'bytes' ? 'binary' : name]];
  });
  return Object.fromEntries(known);
}

/** The loaders that esbuild lacks. @param takeFile takes a file along, and returns its path in the image */
export function moreLoaders(
  loaders: Readonly<Record<string, LoaderName>>,
  takeFile: (path: string) => string,
): Plugin {
  const endings = Object.keys(loaders).filter((one) => loaders[one] === 'json5' || loaders[one] === 'file');
  const filter = new RegExp(`(?:${endings.map((one) => one.replace(/[.+]/g, '\\$&')).join('|')})$`);
  return {
    name: 'more-loaders',
    setup({ onLoad }) {
      if (endings.length === 0) return;
      onLoad({ filter, namespace: 'file' }, async ({ path }) => {
        if (loaders[extname(path)] === 'file')
          return { contents: JSON.stringify(takeFile(path)), loader: 'json' };
        try {
          return { contents: JSON.stringify(JSON5.parse(await readFile(path, 'utf8'))), loader: 'json' };
        } catch (thrown) {
          const { lineNumber: line = 1, columnNumber = 1 } = thrown as Record<string, number | undefined>;
          const text = reasonOf(thrown).replace(/^JSON5: /, '');
          return { errors: [{ text, location: { file: path, line, column: columnNumber - 1 } }] };
        }
      });
    },
  };
}
