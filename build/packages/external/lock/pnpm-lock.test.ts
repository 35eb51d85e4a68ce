import { expect, test } from 'vitest';
import { readPnpmLock } from './pnpm-lock.ts';
import { selectPackages } from './select.ts';

const sum = `sha512-${'A'.repeat(86)}==`;
const shown = { file: 'pnpm-lock.yaml', importer: 'package.json' };

const version9 = `
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      a: {specifier: ^1.0.0, version: 1.0.0(peer@2.0.0)}
      alias: {specifier: 'npm:@s/real@1', version: '@s/real@1.2.3'}
  packages/app:
    dependencies:
      a: {specifier: ^3.0.0, version: 3.0.0}
      lib: {specifier: 'workspace:*', version: link:../lib}
packages:
  a@1.0.0: {resolution: {integrity: ${sum}}, engines: {node: '>=20'}, peerDependencies: {peer: '*'}}
  a@3.0.0: {resolution: {integrity: ${sum}}}
  '@s/real@1.2.3': {resolution: {integrity: ${sum}}}
  a-linux-x64@1.0.0: {resolution: {integrity: ${sum}}, cpu: [x64], os: [linux], libc: [glibc]}
  a-linux-arm64@1.0.0: {resolution: {integrity: ${sum}}, cpu: [arm64], os: [linux]}
  peer@2.0.0: {resolution: {integrity: ${sum}}}
  cloned@https://codeload.example.org/x/tar.gz/abc: {resolution: {tarball: https://x.org/y}}
snapshots:
  a@1.0.0(peer@2.0.0):
    dependencies: {peer: 2.0.0}
    optionalDependencies: {a-linux-x64: 1.0.0, a-linux-arm64: 1.0.0}
  a@3.0.0:
    dependencies: {cloned: https://codeload.example.org/x/tar.gz/abc}
  '@s/real@1.2.3': {}
  a-linux-x64@1.0.0: {optional: true}
  a-linux-arm64@1.0.0: {optional: true}
  peer@2.0.0: {}
  cloned@https://codeload.example.org/x/tar.gz/abc: {}
`;

const version6 = `
lockfileVersion: '6.0'
dependencies:
  a: {specifier: ^1.0.0, version: 1.0.0(peer@2.0.0)}
  alias: {specifier: 'npm:@s/real@1', version: /@s/real@1.2.3}
packages:
  /a@1.0.0(peer@2.0.0):
    resolution: {integrity: ${sum}}
    dependencies: {peer: 2.0.0}
    optionalDependencies: {a-linux-x64: 1.0.0, a-linux-arm64: 1.0.0}
  /@s/real@1.2.3: {resolution: {integrity: ${sum}}}
  /a-linux-x64@1.0.0: {resolution: {integrity: ${sum}}, cpu: [x64], os: [linux], optional: true}
  /a-linux-arm64@1.0.0: {resolution: {integrity: ${sum}}, cpu: [arm64], os: [linux], optional: true}
  /peer@2.0.0: {resolution: {integrity: ${sum}}}
`;

const read = (text: string, importer = '') => readPnpmLock(Buffer.from(text), importer, 'pnpm-lock.yaml');

test.each([version9, version6])('packages, their peers, aliases and platforms', (text) => {
  const { nodes } = selectPackages(read(text), ['a', 'alias'], 'arm64', shown);
  expect([...nodes.values()].map(({ name, version }) => `${name} ${version}`).sort()).toEqual([
    '@s/real 1.2.3',
    'a 1.0.0',
    'a-linux-arm64 1.0.0',
    'peer 2.0.0',
  ]);
  expect(read(text).requests.get('a')).toBe('^1.0.0');
});

test('what comes from elsewhere is refused', () => {
  expect(() => selectPackages(read(version9, 'packages/app'), ['lib'], 'amd64', shown)).toThrow(
    'takes it from a package of the workspace',
  );
  expect(() => selectPackages(read(version9, 'packages/app'), ['a'], 'amd64', shown)).toThrow(
    'Cannot take npm package "cloned" into the image: "pnpm-lock.yaml" takes it from a folder, a git repository',
  );
});

test.each([
  ['lockfileVersion: 5.4\n', 'its lockfileVersion is 5.4'],
  ['a: [', 'it is no YAML'],
  ["lockfileVersion: '9.0'\nimporters: {}\n", 'it has no project ""'],
])('%j is refused', (text, message) => {
  expect(() => read(text)).toThrow(message);
});
