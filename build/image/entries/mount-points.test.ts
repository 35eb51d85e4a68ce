import { expect, test } from 'vitest';
import { textEntry } from '../../../lib/archive/tar.ts';
import type { ContainerMount, ContainerPlaces } from './container-places.ts';
import { mountPointEntries, workingFolderEntries } from './mount-points.ts';
import { dir, link, shown, treeOf } from './testing.ts';

const places = (mounts: readonly ContainerMount[], cwd = '/'): ContainerPlaces => ({ mounts, cwd });
const bind = (source: string, destination: string) => ({ source, destination, isBind: true });

test('an empty image gets the files and folders that programs expect', () => {
  expect(shown(mountPointEntries(places([]), new Map(), new Map()))).toEqual([
    ...['directory 755 dev', 'directory 755 etc', 'file 644 etc/hosts', 'symlink 777 etc/mtab'],
    ...['file 644 etc/resolv.conf', 'directory 755 proc', 'directory 755 sys'],
  ]);
});

const whole = [dir('dev'), dir('etc'), dir('proc'), dir('sys')].concat(
  ['etc/hosts', 'etc/mtab', 'etc/resolv.conf'].map((path) => textEntry(path, '')),
);

test('nothing is added to an image that has everything', () => {
  expect(mountPointEntries(places([bind('/x', '/proc')]), treeOf(...whole), new Map())).toEqual([]);
});

test('parent folders keep mode and owner, links are followed', () => {
  const image = treeOf(
    ...whole,
    dir('data', 0o700, 5),
    link('lib', 'usr/lib'),
    dir('usr'),
    dir('usr/lib', 0o711),
  );
  const made = mountPointEntries(
    places([bind('/a', '/data/x'), bind('/b', '/lib/modules')]),
    image,
    new Map(),
  );
  expect(shown(made)).toEqual([
    ...['directory 700 data', 'directory 755 data/x'],
    ...['directory 755 usr', 'directory 711 usr/lib', 'directory 755 usr/lib/modules'],
  ]);
  expect(made[0]?.uid).toBe(5);
});

test('a bind of a file needs a file', () => {
  const guest = treeOf(textEntry('etc/os-release', ''), dir('etc/ssl'));
  const sources = ['/etc/os-release', '/etc/ssl', '/run/a.sock', '/dev/kmsg', '/dev/shm', '/run/config'];
  const made = mountPointEntries(
    places(sources.map((source, at) => bind(source, `/m${at}`))),
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

test('a mount point inside another mount is left to the OCI runtime', () => {
  expect(
    mountPointEntries(places([bind('/a', '/proc'), bind('/b', '/proc/b')]), treeOf(...whole), new Map()),
  ).toEqual([]);
});

const withLinks = treeOf(dir('srv', 0o700, 7), link('app', 'srv/app'), link('out', '/../../data'));

test.each<[cwd: string, made: string[]]>([
  ['/', []],
  ['/srv', []],
  ['/srv/a/b', ['directory 700 srv', 'directory 755 srv/a', 'directory 755 srv/a/b']],
  // Links whose target is missing, one of them out of the root.
  ['/app', ['directory 700 srv', 'directory 755 srv/app']],
  ['/out/x', ['directory 755 data', 'directory 755 data/x']],
  // What is mounted there hides it.
  ['/proc/x', []],
])('the working folder %s is made where the image lacks it', (cwd, made) => {
  const at = places([bind('/a', '/proc')], cwd);
  expect(shown(workingFolderEntries(at, withLinks))).toEqual(made);
});
