import { join } from 'node:path';
import { debianSource } from '../build/debian/source.ts';
import { testWork } from '../build/testing.ts';
import { debianTree, type Tools } from '../build/tools/tree.ts';

const source = debianSource({
  packages: [
    // What kit's own programs are held against.
    ...['cpio', 'curl', 'dnsmasq-base', 'iproute2', 'openssh-client', 'redis-tools'],
    // What a guest has and a host may not, to be run natively, and what checks generated code.
    ...['busybox-static', 'containerd', 'crun', 'protobuf-compiler'],
  ],
});

/** A tree of real programs, for tests alone: apart from kit's own tools, which users have to fetch too. */
export function testTools(): Promise<Tools> {
  return debianTree('tools of the tests', source, join(import.meta.dirname, 'tools.lock.json'), testWork());
}

const diskSource = debianSource({
  packages: ['dosfstools', 'e2fsprogs', 'fdisk', 'gdisk', 'mtools', 'openssl', 'sbsigntool', 'u-boot-tools'],
});

/** What disks, file systems and EFI programs are checked with. */
export function diskTools(): Promise<Tools> {
  return debianTree(
    'tools for disks',
    diskSource,
    join(import.meta.dirname, 'disk-tools.lock.json'),
    testWork(),
  );
}
