import { expect, test } from 'vitest';
import { dir, link, shown, treeOf } from '../entries/testing.ts';
import { topEntries } from './top-entries.ts';

const bundle = {
  folder: 'containers/services/web',
  config: '{}',
  runtime: '{}',
  mountPoints: [dir('etc')],
};

test('parents come first, each path once, and the root folder is 0755', () => {
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
      ...['directory 755 containers/services/web/lower/etc', 'file 644 containers/services/web/config.json'],
      ...['directory 755 containers/volumes/v/tmp', 'directory 755 containers/volumes/v/merged'],
    ]),
  );
});

test('a read-only volume has no tmp/', () => {
  const top = topEntries({
    production: false,
    bundles: [],
    volumes: [{ volume: { name: 'v', readonly: true }, mounts: [] }],
    files: [],
    root: new Map(),
  });
  expect(top.map(({ path }) => path)).not.toContain('containers/volumes/v/tmp');
});

test('folders and links of the init images are kept', () => {
  const root = treeOf(dir('etc', 0o711), dir('tmp', 0o755), link('etc/resolv.conf', '/elsewhere'));
  const top = topEntries({ production: false, bundles: [], volumes: [], files: [], root });
  expect(top.map(({ path }) => path)).not.toContain('tmp');
  expect(top.map(({ path }) => path)).not.toContain('etc/resolv.conf');
});
