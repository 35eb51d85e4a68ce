import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { textOf } from './sources.ts';

/** What other people's programs import: package.json, `exports`. They run on the Node that they have. */
const exported = ['build/api/test.ts', 'lib/service/service.ts'];

/** A static import, or `export … from`, that is there at run time. */
const specifier = /^(?:import|export) (?!type )[^;']*?(?:from )?'(\.[^']+)';/gms;

/** The sources that those load, and themselves. */
function loaded(): string[] {
  const found = new Set(exported);
  for (const path of found)
    for (const [, to = ''] of textOf(path).matchAll(specifier)) found.add(normalize(join(dirname(path), to)));
  return [...found].sort();
}

/** Globals, functions and modules that Node 20 lacks. */
const missing = [
  /\bPromise\.(?:withResolvers|try)\b/,
  /\b(?:Async)?DisposableStack\b/,
  /\bArray\.fromAsync\b/,
  /\b(?:Object|Map)\.groupBy\b/,
  /\bgetSystemErrorMessage\b/,
  /\bRegExp\.escape\b/,
  /\bgetBuiltinModule\b/,
  /'node:(?:ffi|sqlite)'/,
];

test('what other programs import runs on Node 20', () => {
  const sources = loaded();
  expect(sources.length).toBeGreaterThan(40);
  const wrong = sources.flatMap((path) =>
    missing.flatMap((pattern) => pattern.exec(textOf(path))?.map((text) => `${path}: ${text}`) ?? []),
  );
  expect(wrong).toEqual([]);
});

test('the handle does not load the builder', () => {
  const builder = /^build\/(?:packages|layers|registry|transfer|images|image|outputs|tools|debian)\//;
  expect(loaded().filter((path) => builder.test(path))).toEqual([]);
});
