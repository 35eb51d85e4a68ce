import { expect, test } from 'vitest';
import { chooseModules, moduleName, parseDependencies } from './modules.ts';

const dependencies = parseDependencies(`kernel/fs/erofs/erofs.ko.xz: kernel/fs/netfs/netfs.ko.xz
kernel/fs/netfs/netfs.ko.xz:
kernel/drivers/net/virtio_net.ko.xz: kernel/drivers/net/net_failover.ko.xz kernel/net/core/failover.ko.xz
kernel/drivers/net/net_failover.ko.xz: kernel/net/core/failover.ko.xz
kernel/net/core/failover.ko.xz:
kernel/drivers/md/dm-crypt.ko.xz:
`);
const builtin = ['kernel/fs/ext4/ext4.ko', 'kernel/drivers/virtio/virtio-pci.ko'];

test('includes dependencies, sorted and without duplicates', () => {
  expect(chooseModules(['virtio_net', 'net_failover'], dependencies, builtin)).toEqual([
    'kernel/drivers/net/net_failover.ko.xz',
    'kernel/drivers/net/virtio_net.ko.xz',
    'kernel/net/core/failover.ko.xz',
  ]);
});

test('treats - and _ alike, as the kernel does', () => {
  expect(chooseModules(['dm_crypt'], dependencies, [])).toEqual(['kernel/drivers/md/dm-crypt.ko.xz']);
  expect(moduleName('kernel/net/8021q/8021q.ko.xz')).toBe('8021q');
});

test('globs select all matches; built-in modules add nothing', () => {
  expect(chooseModules(['ext4', 'virtio_pci', 'ero*', 'netfs'], dependencies, builtin)).toEqual([
    'kernel/fs/erofs/erofs.ko.xz',
    'kernel/fs/netfs/netfs.ko.xz',
  ]);
});

test('all modules missing in the kernel are named at once', () => {
  expect(() => chooseModules(['9p', 'erofs', 'zz*'], dependencies, builtin)).toThrow(
    'Cannot find kernel module "9p", "zz*": not in this kernel',
  );
});
