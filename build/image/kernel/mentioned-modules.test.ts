import { expect, test } from 'vitest';
import { parseManifest } from '../../manifest/parse.ts';
import { mentionedModules } from './mentioned-modules.ts';

const wordsIn = (yaml: string) => mentionedModules(parseManifest(yaml, 'x.yml', '/'));
const namesIn = (yaml: string): string[] => wordsIn(yaml).map(({ text }) => text);

test.each([
  ['{name: a, image: x, command: [/usr/bin/mount, -t, xfs, /dev/sdb, /data]}', ['xfs']],
  ['{name: a, image: x, command: ["--type=btrfs"]}', ['btrfs']],
  ['{name: a, image: x, command: [sh, -c, "mount -t nfs4 host:/ /mnt && exec web"]}', ['nfs', 'nfsv4']],
  ['{name: a, image: x, mounts: [{type: 9p, source: share, destination: /mnt}]}', ['9p', '9pnet_virtio']],
  ['{name: a, image: x, command: [web, --name, xfsd, constructor]}', []],
])('onboot: [%s]', (entry, modules) => {
  expect(namesIn(`onboot: [${entry}]`)).toEqual(modules);
});

test('disks', () => {
  const disk = (type: string): string =>
    `{name: ${type}, match: {serial: ${type}}, filesystem: {type: ${type}}}`;
  expect(namesIn(`disks: [${['ext4', 'xfs', 'btrfs'].map(disk).join(', ')}]`)).toEqual(['xfs', 'btrfs']);
});

test('folders of the host: what the kernel lacks of 9p is not worth a word', () => {
  expect(namesIn('volumes: [{name: a}]')).toEqual([]);
  expect(wordsIn('volumes: [{name: a, share: t}]')).toEqual([
    { text: 'virtiofs', mentioned: true },
    { text: '9p', mentioned: true, unspoken: true },
    { text: '9pnet_virtio', mentioned: true, unspoken: true },
  ]);
});
