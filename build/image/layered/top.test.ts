import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { bodyBytes, type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { parseManifest } from '../../manifest/parse.ts';
import type { Tree } from '../../tree/tree.ts';
import { commandLine } from '../plan/command-line.ts';
import { fileEntries } from '../plan/files.ts';
import { memoryNeeded } from '../plan/memory.ts';
import { skeleton } from '../plan/skeleton.ts';
import { rootfsMounts } from './rootfs-mounts.ts';
import { topEntries } from './top.ts';

const dir = (path: string, mode = 0o755, uid = 0): TarEntry =>
  tarEntry({ path, type: 'directory', mode, uid });
const link = (path: string, linkname: string): TarEntry => tarEntry({ path, type: 'symlink', linkname });
const treeOf = (...entries: TarEntry[]): Tree => new Map(entries.map((entry) => [entry.path, entry]));
const shown = (entries: readonly TarEntry[]) =>
  entries.map(({ path, type, mode }) => `${type} ${mode.toString(8)} ${path}`);

describe('the skeleton of a container', () => {
  const bind = (source: string, destination: string) => ({ source, destination, isBind: true });

  test('an empty image gets what every program looks for', () => {
    expect(shown(skeleton([], new Map(), new Map()))).toEqual([
      ...['directory 755 dev', 'directory 755 etc', 'file 644 etc/hosts', 'symlink 777 etc/mtab'],
      ...['file 644 etc/resolv.conf', 'directory 755 proc', 'directory 755 sys'],
    ]);
  });

  const whole = [dir('dev'), dir('etc'), dir('proc'), dir('sys')].concat(
    ['etc/hosts', 'etc/mtab', 'etc/resolv.conf'].map((path) => textEntry(path, '')),
  );

  test('an image that has everything gets nothing', () => {
    expect(skeleton([bind('/x', '/proc')], treeOf(...whole), new Map())).toEqual([]);
  });

  test('folders on the way keep mode and owner, links are followed', () => {
    const image = treeOf(
      ...whole,
      dir('data', 0o700, 5),
      link('lib', 'usr/lib'),
      dir('usr'),
      dir('usr/lib', 0o711),
    );
    const made = skeleton([bind('/a', '/data/x'), bind('/b', '/lib/modules')], image, new Map());
    expect(shown(made)).toEqual([
      ...['directory 700 data', 'directory 755 data/x'],
      ...['directory 755 usr', 'directory 711 usr/lib', 'directory 755 usr/lib/modules'],
    ]);
    expect(made[0]?.uid).toBe(5);
  });

  test('a bind of a file needs a file', () => {
    const guest = treeOf(textEntry('etc/os-release', ''), dir('etc/ssl'));
    const sources = ['/etc/os-release', '/etc/ssl', '/run/a.sock', '/dev/kmsg', '/dev/shm', '/run/config'];
    const made = skeleton(
      sources.map((source, at) => bind(source, `/m${at}`)),
      treeOf(...whole),
      guest,
    );
    expect(made.map(({ type }) => type)).toEqual([
      'file',
      'directory',
      'file',
      'file',
      'directory',
      'directory',
    ]);
  });

  test('what lies in another mount is the business of the runtime', () => {
    expect(skeleton([bind('/a', '/proc'), bind('/b', '/proc/b')], treeOf(...whole), new Map())).toEqual([]);
  });
});

describe('the layer of one image', () => {
  const bundle = { folder: 'containers/services/web', config: '{}', runtime: '{}', skeleton: [dir('etc')] };

  test('parents come first, each path once, the root folder is nobody else’s', () => {
    const top = topEntries({
      production: false,
      bundles: [bundle],
      volumes: [{ volume: { name: 'v' }, mounts: [] }],
      files: [dir('etc', 0o711)],
      root: new Map(),
    });
    const paths = top.map(({ path }) => path);
    expect(paths).toEqual([...new Set(paths)].sort());
    expect(shown(top)).toEqual(
      expect.arrayContaining([
        ...['directory 755 ', 'directory 1777 tmp', 'directory 711 etc', 'symlink 777 etc/resolv.conf'],
        ...[
          'directory 755 containers/services/web/lower/etc',
          'file 644 containers/services/web/config.json',
        ],
        ...['directory 755 containers/volumes/v/tmp', 'directory 755 containers/volumes/v/merged'],
      ]),
    );
  });

  test('a readonly volume has no place to write', () => {
    const top = topEntries({
      production: false,
      bundles: [],
      volumes: [{ volume: { name: 'v', readonly: true }, mounts: [] }],
      files: [],
      root: new Map(),
    });
    expect(top.map(({ path }) => path)).not.toContain('containers/volumes/v/tmp');
  });

  test('what the init images have stays as it is', () => {
    const root = treeOf(dir('etc', 0o711), dir('tmp', 0o755), link('etc/resolv.conf', '/elsewhere'));
    const top = topEntries({ production: false, bundles: [], volumes: [], files: [], root });
    expect(top.map(({ path }) => path)).not.toContain('tmp');
    expect(top.map(({ path }) => path)).not.toContain('etc/resolv.conf');
  });
});

describe('files', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-files-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'here'), 'from the folder');
  const root = treeOf(dir('etc', 0o755), link('bin', 'usr/bin'), dir('usr'), dir('usr/bin', 0o711));

  async function files(yaml: string): Promise<TarEntry[]> {
    const manifest = parseManifest(`services: [{name: web, image: x}]\nfiles: [${yaml}]`, 'x.yml', folder);
    const scope = { manifest, ids: new Map([['web', 100]]), root, cwd: '/nowhere', env: { HOME: folder } };
    return fileEntries(manifest.files, scope);
  }
  const text = async (yaml: string): Promise<string> => {
    const entry = (await files(yaml)).at(-1);
    return entry ? (await bodyBytes(entry)).toString() : '';
  };

  test.each<[string, string, string[]]>([
    ['text is 0600', '{path: /etc/a, contents: x}', ['directory 755 etc', 'file 600 etc/a']],
    [
      'new folders follow the file',
      '{path: a/b, contents: x, mode: "0640"}',
      ['directory 750 a', 'file 640 a/b'],
    ],
    [
      'a setuid file makes no setuid folder',
      '{path: a/b, contents: x, mode: "4755"}',
      ['directory 755 a', 'file 4755 a/b'],
    ],
    ['a folder is 0700', '{path: /srv, directory: true}', ['directory 700 srv']],
    ['a link', '{path: l, symlink: /x}', ['symlink 777 l']],
    [
      'links of the image are followed',
      '{path: /bin/tool, contents: x}',
      ['directory 755 usr', 'directory 711 usr/bin', 'file 600 usr/bin/tool'],
    ],
    ['a source that may be missing', '{path: a, source: gone, optional: true}', []],
  ])('%s', async (_title, yaml, expected) => {
    expect(shown(await files(yaml))).toEqual(expected);
  });

  test('sources are beside the manifest, or at home', async () => {
    expect(await text('{path: a, source: here}')).toBe('from the folder');
    expect(await text('{path: a, source: ~/here}')).toBe('from the folder');
  });

  test('the manifest itself', async () => {
    expect(await text('{path: a, metadata: yaml}')).toContain('- name: web');
    expect(JSON.parse(await text('{path: a, metadata: json}'))).toMatchObject({
      services: [{ name: 'web' }],
    });
  });

  test('owners by the name of an entry', async () => {
    expect((await files('{path: a, contents: x, uid: web, gid: 5}')).at(-1)).toMatchObject({
      uid: 100,
      gid: 5,
    });
  });

  test.each([
    ['a source that is missing', '{path: a, source: gone}', 'Cannot find file "gone"'],
    ['a source that is a folder', '{path: a, source: .}', 'Cannot copy ".": it is not a file'],
    ['an owner nobody knows', '{path: a, contents: x, uid: foo}', 'no entry is called "foo"'],
    ['the root folder', '{path: /, directory: true}', 'files cannot replace the root folder'],
  ])('%s is an error with its place', async (_title, yaml, message) => {
    const thrown: unknown = await files(yaml).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(KitError);
    expect(thrown).toMatchObject({ message, place: { file: 'x.yml', line: 2 } });
  });
});

test('root file systems of containers', () => {
  expect(rootfsMounts('containers/services/a', ['1', '2'], true)).toEqual([
    {
      ...{ destination: '/containers/services/a/rootfs', type: 'overlay', source: 'overlay' },
      options: ['lowerdir=/run/layers/top/containers/services/a/lower:/run/layers/2:/run/layers/1', 'ro'],
    },
  ]);
  expect(rootfsMounts('containers/services/a', ['1'], false)).toEqual([
    { destination: '/containers/services/a/tmp', type: 'tmpfs', source: 'tmpfs', options: [] },
    {
      ...{ destination: '/containers/services/a/rootfs', type: 'overlay', source: 'overlay' },
      options: [
        'lowerdir=/run/layers/top/containers/services/a/lower:/run/layers/1',
        'upperdir=/containers/services/a/tmp/upper',
        'workdir=/containers/services/a/tmp/work',
      ],
    },
  ]);
  const many = Array.from({ length: 200 }, (_, at) => `${at}`.padStart(16, '0'));
  expect(() => rootfsMounts('containers/services/a', many, true)).toThrow('more than overlayfs takes');
});

test.each([
  ['', 'transparent_hugepage=never panic=1 quiet rcupdate.rcu_expedited=1'],
  [
    'console=ttyS0  panic=10 loglevel=7\n',
    'console=ttyS0 panic=10 loglevel=7 transparent_hugepage=never rcupdate.rcu_expedited=1',
  ],
])('command line %j', (given, expected) => {
  expect(commandLine(given, 'amd64')).toBe(expected);
});

test.each([
  ['arm64', 'console=ttyS0', 'console=ttyAMA0 console=ttyS0'],
  ['arm64', 'console=tty0 console=ttyS0,115200', 'console=ttyAMA0 console=tty0 console=ttyS0,115200'],
  ['arm64', 'console=ttyS0 console=ttyAMA0', 'console=ttyS0 console=ttyAMA0'],
  ['arm64', 'console=tty0', 'console=tty0'],
  ['arm64', '', ''],
  ['amd64', 'console=ttyAMA0', 'console=ttyS0 console=ttyAMA0'],
] as const)('the serial console of %s for %j', (arch, given, expected) => {
  expect(commandLine(given, arch).replace(/ ?transparent_hugepage.*/, '')).toBe(expected);
});

test('memory: an initrd fits in half of it', () => {
  expect(memoryNeeded(94 << 20, 1)).toBe(352);
  expect(memoryNeeded(500 << 20, 1)).toBeGreaterThan(1000);
});
