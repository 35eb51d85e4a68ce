import { expect, test } from 'vitest';
import { findModules, moduleName, parseTables, withNeeded } from './modules.ts';

const tables = parseTables({
  dep: `kernel/fs/erofs/erofs.ko.xz: kernel/fs/netfs/netfs.ko.xz
kernel/fs/netfs/netfs.ko.xz:
kernel/drivers/net/virtio_net.ko.xz: kernel/drivers/net/net_failover.ko.xz kernel/net/core/failover.ko.xz
kernel/drivers/net/net_failover.ko.xz: kernel/net/core/failover.ko.xz
kernel/net/core/failover.ko.xz:
kernel/drivers/md/dm-crypt.ko.xz:
kernel/fs/btrfs/btrfs.ko.xz: kernel/lib/raid6/raid6_pq.ko.xz
kernel/lib/raid6/raid6_pq.ko.xz:
kernel/crypto/sha256_generic.ko.xz:
kernel/crypto/xxhash_generic.ko.xz: kernel/lib/xxhash.ko.xz
kernel/lib/xxhash.ko.xz:
`,
  builtin: 'kernel/fs/ext4/ext4.ko\nkernel/drivers/virtio/virtio-pci.ko\n',
  softdep: `# Soft dependencies extracted from modules themselves.
softdep btrfs pre: sha256 xxhash-generic blake2b-256
softdep btrfs post: crypto-crc32c
softdep gone pre: sha256
`,
  alias: `alias fs-btrfs btrfs
alias sha256 sha256_generic
alias sha256 sha256_of_another_processor
alias pci:v00001AF4d*sv*sd*bc*sc*i* virtio_pci
`,
});
const chosen = (...names: string[]): string[] => withNeeded(findModules(names, tables), tables);

test('includes dependencies, sorted and without duplicates', () => {
  expect(chosen('virtio_net', 'net_failover')).toEqual([
    'kernel/drivers/net/net_failover.ko.xz',
    'kernel/drivers/net/virtio_net.ko.xz',
    'kernel/net/core/failover.ko.xz',
  ]);
});

test('includes soft dependencies, by name or alias, with what these need; one that is no module is built in', () => {
  expect(chosen('btrfs').map(moduleName)).toEqual([
    'sha256_generic',
    'xxhash_generic',
    'btrfs',
    'raid6_pq',
    'xxhash',
  ]);
});

test('treats - and _ alike, as the kernel does', () => {
  expect(chosen('dm_crypt')).toEqual(['kernel/drivers/md/dm-crypt.ko.xz']);
  expect(moduleName('kernel/net/8021q/8021q.ko.xz')).toBe('8021q');
});

test('globs select all matches; built-in modules add nothing', () => {
  expect(chosen('ext4', 'virtio_pci', 'ero*', 'netfs')).toEqual([
    'kernel/fs/erofs/erofs.ko.xz',
    'kernel/fs/netfs/netfs.ko.xz',
  ]);
});

test('all modules missing in the kernel are named at once', () => {
  expect(() => findModules(['9p', 'erofs', 'zz*'], tables)).toThrow(
    'Cannot find kernel module "9p", "zz*": not in this kernel',
  );
});
