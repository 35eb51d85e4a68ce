import { arBytes, readAr } from '../../../build/binary/ar/ar.ts';
import { parseSources } from '../../../build/debian/archive/apt-sources.ts';
import type { PackageList } from '../../../build/debian/archive/package-list.ts';
import { published } from '../../../build/debian/archive/published.ts';
import { globMatcher } from '../../../build/debian/globs.ts';
import { readDebianLock } from '../../../build/debian/lock-file.ts';
import { debianSource } from '../../../build/debian/source.ts';
import { compareVersions } from '../../../build/debian/version.ts';
import { inFile } from '../in-file.ts';
import { attemptAll, attemptLater, check, type Target, texts } from '../target.ts';

export const aptSources: Target = {
  reads: ['build/debian/archive/apt-sources.ts#parseSources'],
  seeds: () =>
    texts(
      'Types: deb deb-src\nURIs: http://mirror.example/debian\nSuites: trixie\nComponents: main\nSigned-By: /x.pgp\n',
      'deb [arch=amd64 signed-by=/x.pgp] http://mirror.example/debian trixie main contrib # c\n',
    ),
  words: ['Types: deb\n', 'Enabled: no\n', '\n\n', '\n ', 'URIs:', 'deb [', '] ', 'signed-by='],
  run: (bytes) => {
    const text = bytes.toString();
    for (const name of ['a.sources', 'a.list'])
      for (const { uris } of parseSources(name, text)) check(Array.isArray(uris), 'sources have addresses');
  },
};

export const debianVersions: Target = {
  reads: ['build/debian/version.ts#compareVersions'],
  seeds: () => texts('1:2.75-10+deb13u1\n2.75-10', '1.0~rc1\n1.0', '9999999999999999999999\n1'),
  words: ['~', '1:', '-1', '+deb13u1', '\n', '00'],
  run: (bytes) => {
    const [a = '', b = '', c = ''] = bytes.toString().split('\n');
    const order = Math.sign(compareVersions(a, b));
    check(compareVersions(a, a) === 0, 'a version is as new as itself');
    check(order + Math.sign(compareVersions(b, a)) === 0, 'it does not matter which one comes first');
    if (order <= 0 && compareVersions(b, c) <= 0)
      check(compareVersions(a, c) <= 0, 'versions have one order');
  },
};

export const packagesFile: Target = {
  reads: ['build/debian/archive/published.ts#published'],
  seeds: () =>
    texts(
      `Package: crun\nVersion: 1\nArchitecture: amd64\nFilename: pool/x.deb\nSize: 1e9\nSHA256: ${'a'.repeat(64)}\n\n`,
      `Package: crun\nVersion: 1.21-1\nArchitecture: amd64\nDescription: a\n b\nFilename: pool/x.deb\nSize: 7\nSHA256: ${'a'.repeat(64)}\n\n`,
    ),
  words: ['Package: crun\n', 'Version: 1\n', '\n\n', 'Size: -1\n', 'Filename: /etc/passwd\n', ': '],
  run: (bytes) =>
    inFile(bytes, async (file) => {
      const list: PackageList = {
        ...{ name: 'trixie', archive: 'main', component: 'main', file },
        release: { text: '', files: new Map() },
      };
      const found = await attemptAll(() => published(new Set(['crun']), [list]));
      for (const { found: one } of found ?? []) check(Number.isSafeInteger(one.size), 'sizes are whole');
    }),
};

export const debianLock: Target = {
  reads: ['build/debian/lock-file.ts#readDebianLock'],
  seeds: () => {
    const locked = {
      ...{ name: 'crun', version: '1', architecture: 'amd64', filename: 'pool/x.deb', size: 7 },
      sha256: 'a'.repeat(64),
    };
    const request = { packages: ['crun'], depends: true, keep: [] };
    return texts(JSON.stringify({ suite: 'trixie', request, packages: { amd64: [locked], arm64: null } }));
  },
  words: ['"packages":', '"filename":"pool/../x"', '"suite":', 'null', '"__proto__":'],
  run: (bytes) =>
    inFile(bytes, async (file) => {
      const lock = await attemptLater(() => readDebianLock(file, debianSource({ packages: ['crun'] })));
      for (const { filename } of lock?.packages.amd64 ?? []) check(!filename.includes('..'), 'below pool/');
    }),
};

export const globs: Target = {
  reads: ['build/debian/globs.ts#globMatcher'],
  seeds: () =>
    texts(
      '/usr/share/{doc,man}/**\n/usr/share/doc/x',
      'lib?*\nlib/',
      `${'*'.repeat(50)}9\n${'/usr/share'.repeat(9)}`,
    ),
  words: ['**', '*', '{', ',', '}', '?', '/**', '[', '(', '\\'],
  run: (bytes) => {
    const [glob = '', path = ''] = bytes.toString().split('\n');
    globMatcher([glob])(path);
  },
};

export const arArchive: Target = {
  reads: ['build/binary/ar/ar.ts#readAr'],
  seeds: () => [arBytes({ 'debian-binary': Buffer.from('2.0\n'), 'data.tar.xz': Buffer.from('abc') })],
  words: ['!<arch>\n', '`\n', '100644  ', '9999999999', 'data.tar.xz     '],
  run: (bytes) =>
    inFile(bytes, async (file) => {
      for (const { offset, size } of (await attemptLater(() => readAr(file, 16))) ?? [])
        check(offset + size <= bytes.length, 'a member lies in the archive');
    }),
};
