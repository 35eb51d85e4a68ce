import { join } from 'node:path';
import { debianSource } from '../build/debian/source.ts';
import { debianTree, type Tools } from '../build/tools/tree.ts';
import { testWork } from '../build/work/testing.ts';

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

/** Chromium without what its window on a screen would need: of its libraries not those for 3D and GTK, the largest. */
const browserSource = debianSource({
  packages: ['chromium'],
  keep: [
    ...['chromium', 'chromium-common', 'fontconfig-config', 'fonts-dejavu-core', 'zlib1g'],
    'lib{a,b,c,d,e,f,h,i,j,k,lcms,m,n,o,p,r,s,t,u,v,w,x,zstd}*',
    'libg{bm,cc,lib2,mp,nutls,raph,ssapi}*',
  ],
});

/** A browser, to be run by `Browser` (test/vm/browser.ts): 165 MB to fetch, so only its own test asks for it. */
export function browserTools(): Promise<Tools> {
  return debianTree(
    'browser of the tests',
    browserSource,
    join(import.meta.dirname, 'browser.lock.json'),
    testWork(),
  );
}
