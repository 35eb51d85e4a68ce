import { describe, expect, test } from 'vitest';
import { KitError, KitErrors } from '../../../lib/errors/errors.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { disksConfig } from './disks-config.ts';
import { machineVolumes } from './volumes.ts';

const config = (yaml: string) => disksConfig(parseManifest(yaml, 'x.yml', '/'));

function errorsOf(yaml: string): string[] {
  try {
    config(yaml);
  } catch (thrown) {
    const errors = thrown instanceof KitErrors ? thrown.errors : [thrown];
    return errors.map((error) =>
      error instanceof KitError
        ? `${error.place?.line}:${error.place?.column} ${error.message}`
        : String(error),
    );
  }
  return [];
}

test('all defaults are filled in, and volumes are with their disk', () => {
  expect(
    config(`
disks:
  - {name: data, match: {serial: kit-data}, mount: /var/data/}
services:
  - {name: db, image: pkg/redis}
volumes:
  - {name: pg, disk: data, uid: db, gid: 7, mode: "0700"}
  - {name: memory}
`),
  ).toEqual({
    disks: [
      {
        ...{ name: 'data', match: { serial: 'kit-data' }, mount: '/var/data' },
        ...{ fileSystem: { type: 'ext4', label: 'data' }, grow: false, trim: true, wipe: false },
        onFailure: 'continue',
        volumes: [{ name: 'pg', uid: 100, gid: 7, mode: 0o700 }],
      },
    ],
    shares: [],
  });
  expect(config('services: []')).toBeUndefined();
});

test.each([
  ['{label: X}', { label: 'X' }, 'X'],
  ['{uuid: 0B3F-1C5E}', { uuid: '0b3f-1c5e' }, undefined],
  ['{first-empty: true}', { firstEmpty: true }, 'd'],
  ['{size: {min: 10G}}', { size: { min: 10 * 2 ** 30, max: Number.MAX_SAFE_INTEGER } }, 'd'],
  ['{size: {max: 512M}}', { size: { min: 0, max: 2 ** 29 } }, 'd'],
])('match: %s', (text, match, label) => {
  const [disk] = config(`disks: [{name: d, match: ${text}}]`)?.disks ?? [];
  expect(disk).toMatchObject({ match, mount: '/run/kit/disks/d' });
  expect(disk?.fileSystem.label).toBe(label);
});

test.each([
  ['{key: {file: /etc/k}}', { kind: 'luks2', key: { file: '/etc/k' } }],
  ['{luks2: true, key: {metadata: keys/d}}', { kind: 'luks2', key: { file: '/run/config/keys/d' } }],
  ['{key: {keyctl: "kit:d"}}', { kind: 'luks2', key: { keyctl: 'kit:d' } }],
  ['{key: {tpm: true}}', { kind: 'luks2', key: { tpm: true } }],
])('encrypt: %s', (text, encrypt) => {
  const [disk] =
    config(`disks: [{name: d, match: {serial: s}, encrypt: ${text}, swapFile: 16M}]`)?.disks ?? [];
  expect(disk).toMatchObject({ encrypt, swapFile: 2 ** 24 });
});

test('swap with a throw-away key', () => {
  const text = 'disks: [{name: d, match: {serial: s}, encrypt: {key: throwaway}, filesystem: {type: swap}}]';
  expect(config(text)?.disks[0]?.encrypt).toEqual({ kind: 'throwaway' });
});

test('a disk below the mount point of another one comes after it', () => {
  const text = `disks:
  - {name: inner, match: {serial: a}, mount: /var/lib/x}
  - {name: outer, match: {serial: b}, mount: /var}`;
  expect(config(text)?.disks.map(({ name }) => name)).toEqual(['outer', 'inner']);
});

test('a volume can be a folder of the host, without any disk', () => {
  const shares = [
    { name: 'src', tag: 'code', mount: '/run/kit/shares/src', readOnly: false, onFailure: 'continue' },
    { name: 'keys', tag: 'keys', mount: '/run/kit/shares/keys', readOnly: true, onFailure: 'halt' },
  ];
  const keys = '{name: keys, share: keys, readonly: true, onFailure: halt}';
  expect(config(`volumes: [{name: src, share: code}, ${keys}, {name: memory}]`)).toEqual({
    disks: [],
    shares,
  });
});

test('a volume is in memory, a folder of its disk, or one of the host', () => {
  const text = `
disks: [{name: d, match: {serial: a}, mount: /srv/d}]
volumes: [{name: a}, {name: b, disk: d}, {name: c, share: tag}]`;
  const volumes = machineVolumes(parseManifest(text, 'x.yml', '/'));
  expect([...volumes.values()].map(({ path }) => path)).toEqual([
    '/containers/volumes/a/merged',
    '/srv/d/volumes/b',
    '/run/kit/shares/c',
  ]);
});

const disk = (fields: string) => `disks: [{name: d, match: {serial: s}, ${fields}}]`;

describe('errors, with their places', () => {
  test.each([
    [
      'disks: [{name: a-very-long-name, match: {serial: s}, filesystem: {type: xfs}}]',
      '1:16 "a-very-long-name" is',
    ],
    [disk('filesystem: {type: xfs, label: thirteenchars}'), '"thirteenchars" is too long for a label of xfs'],
    [disk('filesystem: {type: swap}, mount: /x'), 'Swap is not mounted'],
    [disk('filesystem: {type: swap}, grow: true'), 'Swap does not grow'],
    [disk('mount: /usr/lib'), 'Cannot mount disk "d" on "/usr/lib"'],
    [disk('mount: /'), 'Cannot mount disk "d" on "/"'],
    [disk('mount: /var/../etc/x'), 'Cannot mount disk "d" on "/var/../etc/x"'],
    [
      'disks: [{name: d, match: {uuid: ab-12}, partition: {table: gpt}}]',
      'A disk found by its uuid has its partitions',
    ],
    [
      'disks: [{name: d, match: {label: x}, filesystem: {label: y}}]',
      'The disk is found by another label, "x"',
    ],
    [
      disk('encrypt: {key: throwaway}'),
      'What a throw-away key encrypts is lost with the boot: it is for swap',
    ],
    [disk('encrypt: {luks2: true, key: throwaway}, filesystem: {type: swap}'), 'LUKS2 keeps a key'],
    [disk('encrypt: {luks2: false, key: {tpm: true}}'), 'There is no other format than LUKS2'],
    [
      disk(`encrypt: {key: {tpm: true}}, filesystem: {type: btrfs, label: ${'a'.repeat(48)}}`),
      'at most 47 bytes',
    ],
    [
      'disks: [{name: control, match: {serial: s}, encrypt: {key: {tpm: true}}}]',
      '1:16 An encrypted disk is /dev/mapper/NAME',
    ],
    [disk('swapFile: 1G, filesystem: {type: btrfs}'), 'A swap file needs ext4 or xfs, not btrfs'],
    [disk('swapFile: "0"'), '"0" is too small: swap space has at least 1M'],
    ['disks: [{name: d, match: {size: {}}}]', 'match.size needs "min" or "max"'],
    ['disks: [{name: d, match: {size: {min: 2G, max: 1G}}}]', '"1G" is less than "2G"'],
    ['volumes: [{name: v, disk: none}]', '1:27 there is no disk "none"'],
    ['volumes: [{name: v, uid: 5}]', 'uid is for volumes on a disk'],
    ['volumes: [{name: v, share: t, mode: "0700"}]', '1:37 mode is for volumes on a disk'],
    ['volumes: [{name: v, onFailure: halt}]', '1:32 onFailure is for volumes that are folders of the host'],
    ['volumes: [{name: v, share: t, image: pkg/redis}]', 'it takes no image'],
    ['volumes: [{name: v, share: t, format: oci}]', 'it takes no format'],
    [
      `${disk('mount: /x')}\nvolumes: [{name: v, disk: d, share: t}]`,
      'of a disk or of the host, not of both',
    ],
    ['volumes: [{name: v, share: t}, {name: w, share: t}]', 'Volume "v" is the same folder of the host'],
    [`${disk('mount: /x')}\nvolumes: [{name: v, disk: d, image: pkg/redis}]`, 'it takes no image'],
    [`${disk('filesystem: {type: swap}')}\nvolumes: [{name: v, disk: d}]`, 'Swap has no room for volume "v"'],
    [
      'disks: [{name: a, match: {serial: s}}, {name: b, match: {serial: s}}]',
      'Disk "a" matches the same disk',
    ],
    [
      'disks: [{name: a, match: {serial: s}, mount: /x}, {name: b, match: {serial: t}, mount: /x/}]',
      'Disk "a" has the same mount point',
    ],
  ])('%s', (yaml, message) => {
    expect(errorsOf(yaml)).toEqual([expect.stringContaining(message)]);
  });

  test.each([
    ['disks: [{name: d, match: {}}]', 'needs one of "serial", "label"'],
    ['disks: [{name: d, match: {serial: a, path: /dev/vdb}}]', 'only one of them is allowed'],
    ['volumes: [{name: v, share: "a/b"}]', 'a tag of up to 31 letters, digits and "_.-"'],
    ['disks: [{name: d, match: {serial: a}, encrypt: {luks2: true}}]', 'disks[0].encrypt has no "key"'],
    [
      'disks: [{name: d, match: {serial: a}, encrypt: {key: tpm}}]',
      'must be one of "throwaway" or a map, not "tpm"',
    ],
    [
      'disks: [{name: d, match: {serial: a}, encrypt: {key: {tpm: false}}}]',
      'needs one of "file", "metadata"',
    ],
    ['disks: [{name: d, match: {serial: a}, encrypt: {key: {metadata: ../k}}}]', 'a file below /run/config'],
    ['disks: [{name: d, match: {serial: a}}, {name: d, match: {serial: b}}]', 'is already used by disks[0]'],
  ])('of the field table: %s', (yaml, message) => {
    expect(() => parseManifest(yaml, 'x.yml', '/')).toThrow(message);
  });
});
