import { expect, test } from 'vitest';
import { loadClosure, moduleIndex } from './module-index.ts';

const tables = {
  release: '6.12.0',
  dep: `kernel/fs/erofs/erofs.ko.xz: kernel/fs/netfs/netfs.ko.xz kernel/lib/libcrc32c.ko.xz
kernel/fs/netfs/netfs.ko.xz:
kernel/lib/libcrc32c.ko.xz:
kernel/drivers/net/virtio-net.ko.xz: kernel/net/core/failover.ko.xz kernel/gone.ko.xz
kernel/net/core/failover.ko.xz:
kernel/gone.ko.xz:
`,
  alias: `# Aliases extracted from modules themselves.
alias fs-erofs erofs
alias virtio:d00000001v* virtio_net
alias pci:v00001AF4d*sv*sd*bc*sc*i* gone
alias acpi*:PNP0:* failover
`,
  present: new Set(
    ['fs/erofs/erofs', 'fs/netfs/netfs', 'lib/libcrc32c', 'drivers/net/virtio-net', 'net/core/failover'].map(
      (path) => `kernel/${path}.ko.xz`,
    ),
  ),
};

test('the index has only present modules, with dependencies in load order', () => {
  expect(moduleIndex(tables)).toEqual({
    release: '6.12.0',
    aliases: { virtio: [['d00000001v*', 'virtio_net']], 'acpi*': [['PNP0:*', 'failover']] },
    modules: {
      erofs: { path: 'kernel/fs/erofs/erofs.ko.xz', needs: ['libcrc32c', 'netfs'] },
      netfs: { path: 'kernel/fs/netfs/netfs.ko.xz', needs: [] },
      libcrc32c: { path: 'kernel/lib/libcrc32c.ko.xz', needs: [] },
      virtio_net: { path: 'kernel/drivers/net/virtio-net.ko.xz', needs: ['failover'] },
      failover: { path: 'kernel/net/core/failover.ko.xz', needs: [] },
    },
  });
});

test('the closure has each module once, after its dependencies, without built-in ones', () => {
  expect(loadClosure(['loop', 'erofs', 'netfs'], moduleIndex(tables))).toEqual([
    'kernel/lib/libcrc32c.ko.xz',
    'kernel/fs/netfs/netfs.ko.xz',
    'kernel/fs/erofs/erofs.ko.xz',
  ]);
});
