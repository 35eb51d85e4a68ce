import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { removeTree } from '../../test/support/needs.ts';
import { kitNode } from '../host/kit-node.ts';
import { dataFile, kitRoot } from '../host/paths.ts';
import { bundleFolder, findBundle, stampFile } from './find-bundle.ts';
import { keepBundle } from './make-bundle.ts';
import { pathsOf, stampOf } from './stamp.ts';

/** Whatever has changed until now counts as settled. */
const noWait = Date.now() + 1_000_000;

let dir: string;
/** NODE_COMPILE_CACHE. */
let compiled: string;
let folder: string;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-bundle-'));
  compiled = join(dir, 'compiled');
  folder = bundleFolder(compiled) ?? '';
  makeFolders(compiled);
  await keepBundle(folder, noWait);
});
afterAll(() => removeTree(dir));

/** Whatever the umask is. */
const write = (path: string, text: string): void => writeFileSync(path, text, { mode: 0o600 });
const makeFolders = (path: string): void => void mkdirSync(path, { recursive: true, mode: 0o700 });

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function kit(cache: string, ...args: string[]): Promise<Ended> {
  const env = {
    ...process.env,
    NODE_COMPILE_CACHE: cache,
    KIT_CACHE: join(dir, 'cache'),
    KIT_STATE: join(dir, 'state'),
  };
  const words = ['--disable-warning=ExperimentalWarning', dataFile('build/start.ts'), ...args];
  return new Promise((resolve) => {
    const child = execFile(kitNode(), words, { env }, (_error, stdout, stderr) =>
      resolve({ status: child.exitCode, stdout, stderr }),
    );
  });
}

test('a bundle is made of all that decides what it is', () => {
  const bundle = findBundle(folder);
  expect(bundle).toMatch(/main-\w+\.mjs$/);
  const [first, ...inputs] = pathsOf(readFileSync(join(folder, stampFile), 'utf8'));
  expect(first).toBe(bundle);
  const sources = [
    'build/main.ts',
    'build/commands/build.ts',
    'build/checkout/make-bundle.ts',
    'build/npm/programs.ts',
  ];
  const packages = ['node_modules/.package-lock.json', 'node_modules/yaml/package.json', 'package.json'];
  expect(inputs).toEqual(expect.arrayContaining([...sources, ...packages].map(dataFile)));
  expect(inputs.filter((path) => !existsSync(path))).toEqual([]);
});

test('commands run from it as from the sources, with the same errors at the same lines', async () => {
  // As the bundle of these sources, one that says so.
  const marked = bundleFolder(join(dir, 'marked')) ?? '';
  makeFolders(marked);
  write(join(marked, 'main.mjs'), `console.log('bundled');`);
  write(join(marked, stampFile), stampOf(join(marked, 'main.mjs')) ?? '');
  expect(await kit(dirname(marked), 'ps')).toMatchObject({ stdout: 'bundled\n' });

  for (const args of [['build', '--debug', join(dir, 'absent.yml')], ['ps', '--frob'], ['schema']]) {
    const [bundled, plain] = await Promise.all([kit(compiled, ...args), kit(join(dir, 'plain'), ...args)]);
    expect(lines(bundled)).toEqual(lines(plain));
  }
  const { stderr } = await kit(compiled, 'build', '--debug', join(dir, 'absent.yml'));
  expect(decoded(stderr)).toContain(join(kitRoot, 'build/manifest/read.ts:'));
});

/** Stack traces without columns, and without the names of functions, to which esbuild adds numbers. */
const lines = (ended: Ended): Ended => ({
  ...ended,
  stderr: decoded(ended.stderr).replace(/^ {4}at .*?\(?(?:file:\/\/)?(\/[^():]+:\d+):\d+\)?$/gm, '    at $1'),
});

/** Node shows some of the paths as URLs. */
const decoded = (text: string): string => text.replace(/file:\/\/\S+/g, decodeURI);

test('a new cache is left alone', async () => {
  const fresh = join(dir, 'fresh');
  makeFolders(fresh);
  await keepBundle(bundleFolder(fresh) ?? '');
  expect(readdirSync(fresh)).toEqual([]);
});

test('while somebody edits sources, no bundle is made', async () => {
  const own = bundleFolder(join(dir, 'edited')) ?? '';
  makeFolders(own);
  const { birthtimeMs } = statSync(dirname(own));
  const source = join(dir, 'edited.ts');
  do write(source, '');
  while (statSync(source).ctimeMs <= birthtimeMs);
  write(join(own, stampFile), [dataFile('build/main.ts'), source].map(stampOf).join('\n'));
  await keepBundle(own, birthtimeMs);
  expect(readdirSync(own)).toEqual([stampFile]);
  await keepBundle(own, noWait);
  expect(findBundle(own)).toMatch(/main-\w+\.mjs$/);
});

test('a bundle before is removed, and a stale one never run', async () => {
  const cache = join(dir, 'again');
  const own = bundleFolder(cache) ?? '';
  makeFolders(own);
  write(join(own, 'main-OLD.mjs'), `console.log('stale');`);
  const source = join(dir, 'source.ts');
  write(source, '');
  write(join(own, stampFile), [join(own, 'main-OLD.mjs'), source].map(stampOf).join('\n'));
  expect((await kit(cache, 'ps')).stdout).toBe('stale\n');
  write(source, 'changed');
  expect((await kit(cache, 'ps')).stdout).not.toContain('stale');
  await keepBundle(own, noWait);
  const bundle = basename(findBundle(own) ?? '');
  expect(readdirSync(own).toSorted()).toEqual([bundle, `${bundle}.map`, stampFile].toSorted());
});

test('where no bundle can be kept, the sources run', async () => {
  write(join(dir, 'file'), '');
  makeFolders(join(dir, 'taken'));
  const taken = bundleFolder(join(dir, 'taken')) ?? '';
  write(taken, 'a file where the folder would be');
  await keepBundle(taken, noWait);
  expect(readFileSync(taken, 'utf8')).toBe('a file where the folder would be');
  const open = bundleFolder(join(dir, 'open')) ?? '';
  makeFolders(open);
  chmodSync(open, 0o777);
  await keepBundle(open, noWait);
  expect(readdirSync(open)).toEqual([]);
  const shared = join(dir, 'shared');
  makeFolders(shared);
  chmodSync(shared, 0o777);
  await keepBundle(bundleFolder(shared) ?? '', noWait);
  expect(readdirSync(shared)).toEqual([]);
  for (const cache of [join(dir, 'file'), join(dir, 'taken'), join(dir, 'open'), '/dev/null/x', '']) {
    expect(await kit(cache, 'ps', '--json')).toEqual({ status: 0, stdout: '[]\n', stderr: '' });
  }
});
