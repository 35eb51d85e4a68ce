import { existsSync, lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot, largePrograms } from '../../build/host/paths.ts';
import { installed, programs } from '../../build/npm/programs.ts';
import { formats } from '../../build/outputs/formats.ts';
import { isTest, isTestSupport, sourcesIn, textOf } from './sources.ts';

const sources = sourcesIn('build').filter((path) => !isTest(path) && !isTestSupport(path));

const matches = (pattern: RegExp): string[] =>
  sources.flatMap((path) => [...textOf(path).matchAll(pattern)].map(([, text = '']) => text));

test('only build/host/paths.ts knows where its file is: in the npm package all are in one', () => {
  // Others have it in texts about the code of bundles.
  const code = /^[^'"`*/]*import\.meta\.(?:url|dirname|filename)/m;
  expect(sources.filter((path) => code.test(textOf(path)))).toEqual(['build/host/paths.ts']);
});

test('every data file that the code names is there', () => {
  const named = matches(/dataFile\('([^']+)'\)/g);
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !existsSync(join(kitRoot, path)))).toEqual([]);
});

test('every program that the code starts is compiled', () => {
  const started = [...matches(/nodeProgram\('([^']+)'\)/g), ...matches(/= '(build\/.*-main\.ts)'/g)];
  const compiled = [...programs.filter((path) => !path.startsWith('build/npm/')), ...largePrograms];
  expect(new Set(['build/main.ts', ...started])).toEqual(new Set(compiled));
  const imported = matches(/import\('\.\.\/([^']+)'\)/g).filter((path) =>
    largePrograms.includes(`build/${path}`),
  );
  expect(imported).toHaveLength(largePrograms.length);
});

test('pkg/ has no symbolic links, which npm leaves out: build.yml has "symlinks"', () => {
  const paths = (readdirSync(join(kitRoot, 'pkg'), { recursive: true }) as string[]).map((path) =>
    join(kitRoot, 'pkg', path),
  );
  expect(paths.length).toBeGreaterThan(20);
  expect(paths.filter((path) => lstatSync(path).isSymbolicLink())).toEqual([]);
});

test('only what contains programs is installed with kit; other dependencies are bundled: --save-dev', () => {
  const { dependencies } = JSON.parse(readFileSync(join(kitRoot, 'package.json'), 'utf8'));
  expect(Object.keys(dependencies)).toEqual(installed);
});

test('git ignores what kit build writes to the folder of a checkout without --dir', () => {
  const ignored = readFileSync(join(kitRoot, '.gitignore'), 'utf8').match(/(?<=^\/\*)\S+$/gm) ?? [];
  const written = formats.flatMap(({ suffix }) => suffix ?? []);
  expect(written.length).toBeGreaterThan(10);
  const all = [...written, '-kernel', '-cmdline', '-initrd.img', '-stage1.img'];
  expect(all.filter((name) => !ignored.some((end) => name.endsWith(end)))).toEqual([]);
});
