import { symbolRange } from '../../../build/binary/elf/symbol-range.ts';
import { elfWith } from '../../../build/binary/elf/testing.ts';
import { readIcuPackage, writeIcuPackage } from '../../../build/binary/icu/icu-package.ts';
import { icuPackageOf } from '../../../build/binary/icu/testing.ts';
import { whyNotExecuted } from '../../../build/image/demands/program.ts';
import { readElf } from '../../../build/packages/external/addons/elf.ts';
import type { LockGraph } from '../../../build/packages/external/lock/graph.ts';
import { npmRequests, readNpmLock } from '../../../build/packages/external/lock/npm-lock.ts';
import { readPnpmLock } from '../../../build/packages/external/lock/pnpm-lock.ts';
import { readYarnLock } from '../../../build/packages/external/lock/yarn-lock.ts';
import { attempt, check, type Target, texts } from '../target.ts';

const integrity = `sha512-${Buffer.alloc(64, 1).toString('base64')}`;

/** Names become parts of paths, integrities are compared. */
function checkGraph({ roots, nodes }: LockGraph): void {
  for (const id of roots.values()) {
    const node = attempt(() => nodes.get(id));
    if (!node) continue;
    const parts = node.name.split('/');
    check(
      !parts.some((part) => ['', '.', '..'].includes(part)) && parts.length <= 2,
      `no path: ${node.name}`,
    );
    check(/^sha(512|384|256|1)-/.test(node.integrity ?? 'sha1-'), 'of a hash that npm checks');
  }
}

export const npmLock: Target = {
  reads: [
    'build/packages/external/lock/npm-lock.ts#readNpmLock',
    'build/packages/external/lock/npm-lock.ts#npmRequests',
  ],
  seeds: () =>
    texts(
      JSON.stringify({
        lockfileVersion: 3,
        packages: {
          '': { dependencies: { a: '^1', '@b/c': 'npm:d@1' } },
          'node_modules/a': {
            version: '1.0.0',
            resolved: 'https://x/a.tgz',
            integrity,
            os: ['linux'],
            optionalDependencies: { e: '1' },
          },
          'node_modules/@b/c': {
            name: 'd',
            version: '1.0.0',
            resolved: 'https://x/d.tgz',
            integrity,
            link: false,
          },
          'node_modules/a/node_modules/e': { version: '2.0.0', resolved: 'git+ssh://x', inBundle: true },
        },
      }),
    ),
  words: [
    '"node_modules/',
    '"packages":',
    '"link":true',
    '"resolved":',
    '"../',
    '"__proto__":',
    'null',
    '"dependencies":',
  ],
  run: (bytes) => {
    const graph = attempt(() => readNpmLock(bytes, '', 'package-lock.json'));
    if (graph) checkGraph(graph);
    attempt(() => npmRequests(bytes, '', 'package-lock.json'));
  },
};

export const pnpmLock: Target = {
  reads: ['build/packages/external/lock/pnpm-lock.ts#readPnpmLock'],
  seeds: () =>
    texts(
      `lockfileVersion: '9.0'\nimporters:\n  .:\n    dependencies:\n      a: {specifier: ^1, version: 1.0.0(b@2.0.0)}\npackages:\n  a@1.0.0:\n    resolution: {integrity: ${integrity}}\n    os: [linux]\nsnapshots:\n  a@1.0.0(b@2.0.0):\n    dependencies: {b: 2.0.0}\n`,
      `lockfileVersion: '6.0'\ndependencies:\n  a: {specifier: ^1, version: 1.0.0}\npackages:\n  /a@1.0.0:\n    resolution: {integrity: ${integrity}}\n    dev: false\n`,
    ),
  words: [
    'importers:\n',
    'snapshots:\n',
    'link:',
    '(b@1)',
    'resolution: ',
    '__proto__: ',
    '&a ',
    '*a',
    '- ',
    '../',
  ],
  run: (bytes) => {
    const graph = attempt(() => readPnpmLock(bytes, '', 'pnpm-lock.yaml'));
    if (graph) checkGraph(graph);
  },
};

export const yarnLock: Target = {
  reads: [
    'build/packages/external/lock/yarn-lock.ts#readYarnLock',
    'build/packages/external/lock/yarn-syntax.ts#parseYarnLock',
  ],
  seeds: () =>
    texts(
      `# yarn lockfile v1\n\n"a@^1", a@^1.1:\n  version "1.2.0"\n  resolved "https://x/a.tgz#01"\n  integrity ${integrity}\n  dependencies:\n    b "^2"\n  optionalDependencies:\n    c "1"\n\nb@^2:\n  version "2.0.0"\n  resolved "https://x/b.tgz"\n  integrity ${integrity}\n`,
    ),
  words: [
    'a@^1:\n',
    '  version "1"\n',
    '  dependencies:\n',
    '    b "1"\n',
    '@npm:',
    '__metadata:\n',
    '"',
    '\\"',
    '\r\n',
  ],
  run: (bytes) => {
    const graph = attempt(() =>
      readYarnLock(bytes, new Map([['a', '^1']]), new Map([['b', '2']]), 'yarn.lock'),
    );
    if (graph) checkGraph(graph);
  },
};

export const elf: Target = {
  reads: ['build/packages/external/addons/elf.ts#readElf'],
  seeds: () => [sharedObject()],
  words: ['\x7fELF\x02\x01', 'GLIBC_2.34\0', 'libc.so.6\0', '\0node_register_module_v127\0'],
  run: (bytes) => {
    const found = readElf(bytes);
    for (const name of found?.needed ?? []) check(name.length <= bytes.length, 'names lie in the file');
    check((found?.versions.length ?? 0) < 65_536, 'a small file does not fill the memory');
    found?.hasSymbol('napi_register_module_v1');
  },
};

/** Where the data of ICU lies in Node. */
export const elfSymbols: Target = {
  reads: ['build/binary/elf/symbol-range.ts#symbolRange'],
  seeds: () => [elfWith('icudt78_dat', Buffer.from('data'))],
  words: ['\x7fELF\x02\x01', 'icudt78_dat\0', '\x0b\0\0\0', '\xff\xff'],
  run: (bytes) => {
    const range = symbolRange(bytes, /^icudt\d+_dat$/);
    if (range) check(range.at >= 0 && range.at + range.size <= bytes.length, 'the range lies in the file');
  },
};

export const icuData: Target = {
  reads: ['build/binary/icu/icu-package.ts#readIcuPackage'],
  seeds: () => [icuPackageOf('brkitr/root.res', 'en.res', 'zoneinfo64.res')],
  words: ['\xda\x27', 'CmnD', 'icudt78l/~\0', 'icudt78l/a.res\0'],
  run: (bytes) => {
    const found = readIcuPackage(bytes);
    if (!found) return;
    const sum = found.items.reduce((total, { data }) => total + data.length, 0);
    check(sum <= bytes.length, 'items lie in the package, one behind the other');
    const again = readIcuPackage(writeIcuPackage(found));
    const names = (list: typeof found | undefined) => list?.items.map(({ name }) => name).join();
    check(names(again)?.startsWith(names(found) ?? '') === true, 'what is written can be read');
  },
};

/** The first bytes of a program of an image, whose interpreter is the same file again. */
export const programHead: Target = {
  reads: ['build/image/demands/program.ts#whyNotExecuted'],
  seeds: () => [sharedObject(), ...texts('#!/bin/sh -e\n', '#! /usr/bin/env node\r\n', '#!\n')],
  words: ['\x7fELF\x02\x01', '#!', '/lib64/ld-linux-x86-64.so.2\0', '\r\n', '\x03\0\0\0'],
  run: (bytes) => {
    const file = { type: 'file', mode: 0o755, head: () => bytes } as const;
    const call = { program: '/x', cwd: '/', env: [], arch: 'amd64' } as const;
    const why = whyNotExecuted(call, { at: () => file });
    check(why === undefined || why.length < 5000, 'a reason is one that can be read');
  },
};

/** Two segments and a dynamic section that needs one library with one version. */
function sharedObject(): Buffer {
  const bytes = Buffer.alloc(512);
  bytes.write('\x7fELF\x02\x01', 'latin1');
  bytes.writeUInt16LE(62, 18);
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(56, 54);
  bytes.writeUInt16LE(2, 56);
  for (const [at, type, offset, size] of [
    [64, 1, 0, 512],
    [120, 2, 192, 112],
  ] as const) {
    bytes.writeUInt32LE(type, at);
    for (const [place, value] of [
      [8, offset],
      [16, offset],
      [32, size],
      [40, size],
    ] as const)
      bytes.writeBigUInt64LE(BigInt(value), at + place);
  }
  const entries = [
    [1, 1],
    [5, 400],
    [10, 60],
    [0x6ffffffe, 320],
    [0x6fffffff, 1],
    [0, 0],
  ] as const;
  for (const [at, [tag, value]] of entries.entries()) {
    bytes.writeBigUInt64LE(BigInt(tag), 192 + at * 16);
    bytes.writeBigUInt64LE(BigInt(value), 200 + at * 16);
  }
  // Elfxx_Verneed: u16 version, u16 count, u32 file, u32 first | Vernaux: u32 hash, u16, u16, u32 name, u32
  // next
  bytes.writeUInt16LE(1, 320);
  bytes.writeUInt16LE(1, 322);
  bytes.writeUInt32LE(1, 324);
  bytes.writeUInt32LE(16, 328);
  bytes.writeUInt32LE(11, 344);
  bytes.write('\0libc.so.6\0GLIBC_2.34\0\0node_register_module_v127\0', 400, 'latin1');
  return bytes;
}
