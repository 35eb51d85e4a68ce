import { describe, expect, test } from 'vitest';
import { parseManifest } from '../parse.ts';
import { withDisksEntry } from './disks-entry.ts';

/** The entries of onboot, `NAME IMAGE`. */
const onboot = (key: string, entries = ''): string[] =>
  withDisksEntry(
    parseManifest(
      `onboot: [${entries}]\ndisks: [{name: data, match: {serial: s}${key && `, encrypt: {key: ${key}}`}}]`,
      'x.yml',
      '/',
    ),
  ).onboot.map(({ value: { name, image } }) => `${name} ${image.text}`);

const net = '{name: net, image: ./net}';
const metadata = '{name: metadata, image: pkg/metadata-cloud}';
const own = '{name: disks, image: pkg/disks-crypt}';

test('the disks come first, with cryptsetup if one is encrypted', () => {
  expect(onboot('', net)).toEqual(['disks pkg/disks', 'net ./net']);
  expect(onboot('{tpm: true}', net)).toEqual(['disks pkg/disks-crypt', 'net ./net']);
});

test('a key of the metadata is there before', () => {
  const expected = ['net ./net', 'metadata pkg/metadata-cloud', 'disks pkg/disks-crypt', 'last ./last'];
  expect(onboot('{metadata: k}', `${net}, ${metadata}, {name: last, image: ./last}`)).toEqual(expected);
});

test('an entry of this name stays where it is', () => {
  expect(onboot('{keyctl: k}', `${net}, ${own}`)).toEqual(['net ./net', 'disks pkg/disks-crypt']);
});

describe('a key that would come too late', () => {
  test.each([
    [
      '{metadata: k}',
      net,
      'Disk "data" takes its key from metadata, which no entry of `onboot` reads before',
    ],
    ['{metadata: k}', `${own}, ${metadata}`, 'Disk "data" takes its key from metadata'],
    ['{keyctl: k}', net, 'Disk "data" takes its key from the keyring'],
    [
      '{tpm: true}',
      '{name: disks, image: pkg/disks}',
      'Cannot encrypt disks with "pkg/disks": it has no cryptsetup',
    ],
  ])('%s, %s', (key, entries, message) => {
    expect(() => onboot(key, entries)).toThrow(message);
  });
});
