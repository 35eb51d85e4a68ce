import { expect, test } from 'vitest';
import type { DiskMatch, HostFolders } from '../bundle/disks.ts';
import { chooseFolder } from './host-folders.ts';

const disks: HostFolders['disks'] = [
  { path: '/0', serial: 'a' },
  { path: '/1' },
  { path: '/2', serial: 'b' },
  { path: '/3', serial: 'b' },
];

/** The folders of entries in this order. */
function chosen(...matches: readonly DiskMatch[]): string[] {
  const taken = new Set<string>();
  const all = matches.map((match) => ({ match }));
  return all.map((entry) => {
    const path = chooseFolder(entry, taken, { disks }, all);
    taken.add(path);
    return path;
  });
}

const first: DiskMatch = { firstEmpty: true };

test('a serial number means one folder, and first-empty those that nobody asks for', () => {
  expect(chosen({ serial: 'a' })).toEqual(['/0']);
  expect(chosen(first, { serial: 'a' }, first)).toEqual(['/1', '/0', '/2']);
  expect(chosen(first)).toEqual(['/0']);
});

test.each<[DiskMatch, string]>([
  [{ serial: 'c' }, 'no disk has serial "c"'],
  [{ serial: 'b' }, '2 disks match, and none is touched (serial "b")'],
  [{ label: 'data' }, 'a container has no disk with label "data": a folder of the host stands for a disk by'],
  [{ path: '/dev/vdb' }, 'a container has no disk with path "/dev/vdb"'],
  [{ size: { min: 2 ** 30, max: 2 ** 31 } }, 'a container has no disk with size of 1.0 GiB to 2.0 GiB'],
])('%j', (match, message) => {
  expect(() => chosen(match)).toThrow(message);
});

test('there are no more folders than disks', () => {
  expect(() => chosen(first, first, first, first, first)).toThrow('no disk has the first empty one');
});
