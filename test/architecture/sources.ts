import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';

/** One import of a source file by another, both relative to the checkout. */
export interface Import {
  readonly from: string;
  readonly to: string;
}

/** The TypeScript files below a folder of the checkout, tests included, sorted. */
export function sourcesIn(folder: string): string[] {
  return (readdirSync(join(kitRoot, folder), { recursive: true }) as string[])
    .filter((path) => /\.m?ts$/.test(path))
    .map((path) => join(folder, path))
    .sort();
}

export const isTest = (path: string): boolean => path.endsWith('.test.ts');

/** Written by a generator (npm run generate), so exempt from the rules. */
export const isGenerated = (path: string): boolean => path.split('/').includes('generated');

/** Files that only tests import: testing.ts, testing/, testdata/. */
export const isTestSupport = (path: string): boolean =>
  path.startsWith('test/') || /(?:^|\/)(?:testing|testdata)(?:\.ts$|\/)/.test(path);

export const textOf = (path: string): string => readFileSync(join(kitRoot, path), 'utf8');

/** The imports of files of the checkout, type imports and dynamic ones included. */
export function importsOf(from: string): Import[] {
  const specifiers = textOf(from).matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...specifiers].map(([, path = '']) => ({ from, to: normalize(join(dirname(from), path)) }));
}

/** The shortest chain of imports from one file to another, both included. */
export function chainOf(imports: readonly Import[], from: string, to: string): string[] | undefined {
  const byFile = Map.groupBy(imports, (one) => one.from);
  const before = new Map<string, string | undefined>([[from, undefined]]);
  for (const file of before.keys()) {
    if (file === to) return unwound(before, file);
    for (const next of byFile.get(file) ?? []) if (!before.has(next.to)) before.set(next.to, file);
  }
  return undefined;
}

function unwound(before: ReadonlyMap<string, string | undefined>, last: string): string[] {
  const chain: string[] = [];
  for (let at: string | undefined = last; at !== undefined; at = before.get(at)) chain.unshift(at);
  return chain;
}
