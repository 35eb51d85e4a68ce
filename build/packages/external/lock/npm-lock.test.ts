import { expect, test } from 'vitest';
import { readNpmLock } from './npm-lock.ts';
import { selectPackages } from './select.ts';

const sum = `sha512-${'A'.repeat(86)}==`;
const entry = (version: string, more: object = {}): object => ({ version, integrity: sum, ...more });
const shown = { file: 'package-lock.json', importer: 'package.json' };

const lock = {
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { a: '^1.0.0' }, devDependencies: { tool: '1' } },
    'packages/app': { name: 'app', dependencies: { a: '^2.0.0', lib: '*', alias: 'npm:real@1' } },
    'packages/lib': { name: 'lib', version: '1.0.0' },
    'packages/app/node_modules/a': entry('2.0.0', { dependencies: { b: '1' }, engines: { node: '>=20' } }),
    'node_modules/lib': { resolved: 'packages/lib', link: true },
    'node_modules/alias': { ...entry('1.2.3'), name: 'real' },
    'node_modules/a': entry('1.0.0', {
      dependencies: { b: '1', inside: '1' },
      optionalDependencies: { 'b-linux-x64': '1', 'b-linux-arm64': '1', 'b-darwin-x64': '1', gone: '1' },
      peerDependencies: { peer: '*', absent: '*', wanted: '*', developed: '*' },
      peerDependenciesMeta: { wanted: { optional: true }, developed: { optional: true } },
    }),
    'node_modules/a/node_modules/inside': entry('1.0.0', { inBundle: true }),
    'node_modules/b': entry('1.0.0'),
    'node_modules/b-linux-x64': entry('1.0.0', {
      os: ['linux'],
      cpu: ['x64'],
      libc: ['glibc'],
      optional: true,
    }),
    'node_modules/b-linux-arm64': entry('1.0.0', { os: ['linux'], cpu: ['arm64'], optional: true }),
    'node_modules/b-darwin-x64': entry('1.0.0', { os: ['darwin'], cpu: ['x64'], optional: true }),
    'node_modules/peer': entry('1.0.0'),
    'node_modules/wanted': entry('1.0.0'),
    'node_modules/developed': entry('1.0.0', { dev: true }),
    'node_modules/tool': entry('1.0.0', { dev: true }),
    'node_modules/unrelated': entry('1.0.0'),
    'node_modules/local': { version: '1.0.0', resolved: 'file:../local' },
    'node_modules/cloned': { version: '1.0.0', resolved: 'git+ssh://git@example.org/x.git#abc' },
  },
};

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const chosen = (names: string[], arch: 'amd64' | 'arm64' = 'amd64', importer = ''): string[] => [
  ...selectPackages(readNpmLock(bytes(lock), importer, 'package-lock.json'), names, arch, shown).nodes.keys(),
];

test.each(['amd64', 'arm64'] as const)('the packages of a name for %s, and no others', (arch) => {
  const own = arch === 'amd64' ? 'node_modules/b-linux-x64' : 'node_modules/b-linux-arm64';
  expect(chosen(['a'], arch)).toEqual(
    ['node_modules/a', 'node_modules/b', own, 'node_modules/peer', 'node_modules/wanted'].sort(),
  );
});

test('a package of a workspace finds its own versions first', () => {
  expect(chosen(['a'], 'amd64', 'packages/app')).toEqual(['node_modules/b', 'packages/app/node_modules/a']);
});

test('an alias has the name of the package', () => {
  const graph = readNpmLock(bytes(lock), 'packages/app', 'x');
  const { nodes } = selectPackages(graph, ['alias'], 'amd64', shown);
  expect([...nodes.values()].map(({ name, version }) => `${name} ${version}`)).toEqual(['real 1.2.3']);
});

test('optional packages are known as such, those that are required as well are not', () => {
  const { nodes } = selectPackages(readNpmLock(bytes(lock), '', 'x'), ['a'], 'amd64', shown);
  const optional = [...nodes.values()].filter(({ isOptional }) => isOptional);
  expect(optional.map(({ name }) => name)).toEqual(['b-linux-x64']);
});

test('a package of the workspace is refused', () => {
  expect(() => chosen(['lib'], 'amd64', 'packages/app')).toThrow(
    'Cannot take npm package "lib" into the image: "package-lock.json" takes it from a package of the workspace',
  );
});

function changed(packages: Record<string, object>): Buffer {
  return bytes({ ...lock, packages: { ...lock.packages, ...packages } });
}

test.each<[string, Record<string, object>, string]>([
  ['no checksum', { 'node_modules/b': { version: '1.0.0' } }, 'has no checksum for it'],
  [
    'a git repository',
    { 'node_modules/b': { version: '1.0.0', resolved: 'git+ssh://x' } },
    'from a git repository',
  ],
  [
    'a folder',
    { 'node_modules/b': { version: '1.0.0', resolved: 'file:../b' } },
    'from a file of this machine',
  ],
  ['no version', { 'node_modules/b': entry('../../x') }, '"../../x" is no version of "b"'],
  [
    'another name',
    { 'node_modules/b': { ...entry('1.0.0'), name: '../x' } },
    '"../x" is no name of a package',
  ],
  [
    'another checksum',
    { 'node_modules/b': { version: '1.0.0', integrity: 'md5-x' } },
    '"md5-x" is no checksum of "b"',
  ],
  ['another platform', { 'node_modules/b': entry('1.0.0', { os: ['win32'] }) }, 'it is for os: win32'],
  [
    'a dependency that is not there',
    { 'node_modules/b': entry('1.0.0', { dependencies: { nowhere: '1' } }) },
    'it has no "nowhere", which "node_modules/b" depends on',
  ],
  [
    'platforms without this one',
    {
      'node_modules/b': entry('1.0.0', { optionalDependencies: { 'n-linux-x64': '1', 'n-darwin-x64': '1' } }),
    },
    '"package-lock.json" does not have its "n-linux-x64"',
  ],
  [
    'parts for other processors',
    {
      'node_modules/b': entry('1.0.0', { optionalDependencies: { 'n-linux-arm': '1', 'n-darwin-x64': '1' } }),
    },
    'it has no part for linux, amd64',
  ],
])('%s is refused', (_what, packages, message) => {
  const graph = readNpmLock(changed(packages), '', 'package-lock.json');
  expect(() => selectPackages(graph, ['a'], 'amd64', shown)).toThrow(message);
});

test('a name that is not there is refused, with what was meant', () => {
  expect(() => chosen(['tol'])).toThrow(
    'Cannot find external package "tol" in "package-lock.json" (did you mean "tool"?)',
  );
});

test('other versions of the format are refused', () => {
  expect(() => readNpmLock(bytes({ lockfileVersion: 1 }), '', 'x')).toThrow('its lockfileVersion is 1');
  expect(() => readNpmLock(Buffer.from('{'), '', 'x')).toThrow('Cannot read "x": not JSON');
});
