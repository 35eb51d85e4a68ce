import { expect, test } from 'vitest';
import { namedPlatform, nameWorksOn, worksOn } from './platform.ts';

test.each([
  ['@img/sharp-linux-x64', true, false],
  ['@img/sharp-linuxmusl-x64', false, false],
  ['@img/sharp-linux-arm', false, false],
  ['@esbuild/linux-arm64', false, true],
  ['@next/swc-linux-x64-gnu', true, false],
  ['@next/swc-linux-x64-musl', false, false],
  ['@rollup/rollup-linux-arm64-gnu', false, true],
  ['turbo-linux-64', true, false],
  ['@libsql/darwin-arm64', false, false],
  ['@img/sharp-wasm32', false, false],
])('%s is for amd64: %s, for arm64: %s', (name, amd64, arm64) => {
  const named = namedPlatform(name);
  expect([named && nameWorksOn(named, 'amd64'), named && nameWorksOn(named, 'arm64')]).toEqual([
    amd64,
    arm64,
  ]);
});

test('names without a platform; parts of one package are one family', () => {
  expect(
    ['fsevents', 'linux-release', 'node-gyp-build', '@img/colour'].map((name) => namedPlatform(name)),
  ).toEqual(Array(4).fill(undefined));
  const families = ['@img/sharp-linux-x64', '@img/sharp-win32-ia32', '@img/sharp-linuxmusl-arm64'];
  expect(new Set(families.map((name) => namedPlatform(name)?.family)).size).toBe(1);
  expect(namedPlatform('@img/sharp-libvips-linux-x64')?.family).not.toBe(
    namedPlatform(families[0] ?? '')?.family,
  );
});

test.each([
  [{ os: [], cpu: [], libc: [] }, true],
  [{ os: ['any'], cpu: [], libc: [] }, true],
  [{ os: ['!win32'], cpu: [], libc: [] }, true],
  [{ os: ['!linux'], cpu: [], libc: [] }, false],
  [{ os: ['linux', 'darwin'], cpu: ['x64'], libc: ['glibc'] }, true],
  [{ os: ['linux'], cpu: ['arm64'], libc: [] }, false],
  [{ os: ['linux'], cpu: [], libc: ['musl'] }, false],
])('%j works on amd64: %s', (platforms, expected) => {
  expect(worksOn(platforms, 'amd64')).toBe(expected);
});
