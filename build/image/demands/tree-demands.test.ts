import { describe, expect, test } from 'vitest';
import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { registryRef } from '../../reference/image-ref.ts';
import { bundle, type Fields } from '../../spec/testing.ts';
import type { Tree } from '../../tree/tree.ts';
import { containerPlaces } from '../entries/container-places.ts';
import { dir, link, treeOf } from '../entries/testing.ts';
import { filesOf } from './container-files.ts';
import { hasProgram, imageDemands, type Machine, machineDemands } from './tree-demands.ts';

const ref = registryRef('x');
const amd64: Machine = { arch: 'amd64' };

/** An ELF program for this machine, with this dynamic loader, of 64 or 32 bits. */
function elf(machine: number, loader?: string, bits: 64 | 32 = 64): Buffer {
  const bytes = Buffer.alloc(256);
  bytes.set([0x7f, 0x45, 0x4c, 0x46, bits / 32, 1, 1]);
  bytes.writeUInt16LE(machine, 18);
  const [at, size, count] = bits === 64 ? [32, 54, 56] : [28, 42, 44];
  bytes.writeUInt32LE(100, at);
  bytes.writeUInt16LE(56, size);
  bytes.writeUInt16LE(loader === undefined ? 0 : 1, count);
  if (loader === undefined) return bytes;
  bytes.writeUInt32LE(3, 100);
  bytes.writeUInt32LE(170, bits === 64 ? 108 : 104);
  bytes.writeUInt32LE(loader.length + 1, bits === 64 ? 132 : 116);
  bytes.write(`${loader}\0`, 170);
  return bytes;
}

const program = (path: string, content: string | Buffer, mode = 0o755): TarEntry => ({
  ...textEntry(path, content, mode),
});

const image = [
  ...[
    dir('bin'),
    dir('etc'),
    textEntry('etc/hosts', ''),
    dir('srv'),
    link('sbin', 'bin'),
    link('here', 'srv'),
  ],
  ...[program('bin/static', elf(62)), program('bin/386', elf(3)), program('bin/arm', elf(183))],
  ...[program('bin/dynamic', elf(62, '/lib/ld.so')), program('bin/old', elf(3, '/lib/old.so', 32))],
  ...[program('bin/lost', elf(62, '/bin/static')), program('bin/data', 'data'), program('bin/none', '')],
  ...[program('bin/no', elf(62), 0o644), program('srv/run', '#! /bin/static -x\n')],
  ...[program('bin/dos', '#!/bin/static\r\n'), program('bin/python', '#!/usr/bin/env python\n')],
  ...[
    program('bin/relative', '#!static\n'),
    program('bin/empty', '#!\n'),
    program('bin/deep', '#!/bin/dynamic\n'),
  ],
  ...[
    link('bin/dangling', '/nowhere'),
    link('bin/linked', 'static'),
    tarEntry({ path: 'bin/pipe', type: 'fifo' }),
  ],
  // Below a link of the layer's own, which only the kernel follows.
];

const contents = new Map(image.map((entry) => [entry.path, Buffer.concat([...(entry.body as Buffer[])])]));

/** `path: message` of what is refused for an entry of that image. */
function refused(fields: Fields, machine = amd64): string[] {
  const { spec, runtime, effective } = bundle({ env: ['PATH=/bin'], ...fields });
  const places = containerPlaces({ spec, runtime });
  const files = filesOf(treeOf(...image), places.mounts, (path) => contents.get(path) ?? Buffer.alloc(0));
  const found = imageDemands({ ref, spec, runtime, effective }, files, machine);
  return found.map(([path, message]) => `${path.join('.')}: ${message}`);
}

test.each<[command: string, why: string]>([
  ['/bin/nothing', 'does not exist'],
  ['nothing', 'is in no folder of PATH, /bin'],
  ['/bin/dangling', 'does not exist'],
  ['/bin', 'is a folder'],
  ['/bin/pipe', 'is a special file'],
  ['/bin/no', 'is not executable: its mode is 0644'],
  ['no', 'is not executable: its mode is 0644'],
  ['/bin/arm', 'is a program for arm64, and the machine is amd64'],
  ['/bin/dynamic', 'needs the dynamic loader "/lib/ld.so", which does not exist'],
  ['/bin/old', 'needs the dynamic loader "/lib/old.so", which does not exist'],
  ['/bin/data', 'is neither an ELF program nor a script that begins with "#!"'],
  ['/bin/none', 'is neither an ELF program nor a script that begins with "#!"'],
  ['/bin/dos', 'has a first line that ends in CR LF: the kernel takes the CR for part of "#!/bin/static"'],
  ['/bin/python', 'needs the interpreter "/usr/bin/env", which does not exist'],
  ['/bin/relative', 'needs the interpreter "static", which does not exist'],
  ['/bin/empty', 'names no interpreter after "#!"'],
  [
    '/bin/deep',
    'needs the interpreter "/bin/dynamic", which needs the dynamic loader "/lib/ld.so", which does not exist',
  ],
])('the program %s is refused', (command, why) => {
  expect(refused({ command: [command] })).toEqual([`command.0: "${command}" of image "x" ${why}`]);
});

test.each<Fields>([
  { command: ['/bin/static'] },
  { command: ['static'] },
  { command: ['/sbin/linked'] },
  { command: ['/bin/386'] },
  { command: ['/bin/lost'] },
  { command: ['srv/run'] },
  { command: ['./run'], cwd: '/here' },
  // Of the machine, or of a volume: nobody knows yet.
  { command: ['/data/run'], binds: ['/var/data:/data'] },
  { command: ['run'], env: ['PATH=/data:/bin'], tmpfs: ['/data'] },
  { command: ['/bin/nothing'], binds: ['/usr/bin:/bin'] },
  { command: ['/proc/self/exe'] },
])('%j is accepted', (fields) => {
  expect(refused(fields)).toEqual([]);
});

test('a program of another architecture or format is accepted where binfmt_misc may know it', () => {
  const machine: Machine = { arch: 'amd64', anyFormat: true };
  expect(refused({ command: ['/bin/arm'] }, machine)).toEqual([]);
  expect(refused({ command: ['/bin/data'] }, machine)).toEqual([]);
  expect(refused({ command: ['/bin/static'] }, { arch: 'arm64' })).toEqual([
    'command.0: "/bin/static" of image "x" is a program for amd64, and the machine is arm64',
  ]);
});

test('the program of a probe is one of the image, too', () => {
  expect(refused({ command: ['/bin/static'], ready: { exec: ['/bin/probe'] } })).toEqual([
    'ready.exec.0: "/bin/probe" of image "x" does not exist',
  ]);
});

const command = ['/bin/static'];

test.each<[fields: Fields, refusals: string[]]>([
  [{ cwd: '/srv' }, []],
  [{ cwd: '/here/new' }, []],
  [
    { cwd: '/etc/hosts' },
    ['cwd: the working folder "/etc/hosts" cannot be: "/etc/hosts" is a file of image "x"'],
  ],
  [
    { cwd: '/etc/hosts/x' },
    ['cwd: the working folder "/etc/hosts/x" cannot be: "/etc/hosts" is a file of image "x"'],
  ],
  [
    { cwd: '/bin/linked' },
    ['cwd: the working folder "/bin/linked" cannot be: "/bin/linked" is a file of image "x"'],
  ],
  [{ tmpfs: ['/srv', '/new'] }, []],
  [{ tmpfs: ['/etc/hosts'] }, ['tmpfs.0: no file system can be mounted on "/etc/hosts": it is a file']],
])('%j', (fields, refusals) => {
  expect(refused({ command, ...fields })).toEqual(refusals);
});

describe('the machine', () => {
  const guest: Tree = treeOf(
    dir('opt'),
    dir('usr'),
    dir('usr/bin'),
    program('usr/bin/crun', ''),
    link('bin', 'usr/bin'),
  );
  const missing = (fields: Fields): string[] => {
    const { spec, runtime, effective } = bundle({ command, ...fields });
    const found = machineDemands({ ref, spec, runtime, effective }, guest);
    return found.map(([path, message]) => `${path.join('.')}: ${message}`);
  };

  test.each<[fields: Fields, refusals: string[]]>([
    [
      {
        binds: ['/var/new:/a', '/run/x:/b', '/opt/later:/c', 'data:/d'],
        runtime: { mkdir: ['/var/new', 'in'] },
      },
      [],
    ],
    [
      { binds: ['/var/x:/a', '/nowhere:/b'] },
      ['binds.1: there is no "/nowhere" in the machine, whose root file system is read-only'],
    ],
    [
      { runtime: { mkdir: ['/nowhere/x'] } },
      ['runtime.mkdir.0: there is no "/nowhere/x" in the machine, whose root file system is read-only'],
    ],
  ])('%j', (fields, refusals) => {
    expect(missing(fields)).toEqual(refusals);
  });

  test('its OCI runtimes are those of the init images', () => {
    expect(['crun', 'runc'].map((name) => hasProgram(guest, name))).toEqual([true, false]);
    expect(hasProgram(treeOf(program('usr/sbin/runc', ''), link('sbin', 'usr/sbin')), 'runc')).toBe(true);
  });
});
