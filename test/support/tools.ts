import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

const source = debianSource({
  packages: [
    // Programs used to test kit's own programs.
    ...['cpio', 'curl', 'dnsmasq-base', 'iproute2', 'openssh-client', 'redis-tools'],
    // Programs of a guest that the host may lack, and protoc, which checks generated code.
    ...['busybox-static', 'containerd', 'crun', 'protobuf-compiler'],
  ],
});

/** Real programs for tests only, separate from kit's own tools, which users download too. */
export function testTools(): Promise<Tools> {
  return debianTree('tools of the tests', source, join(import.meta.dirname, 'tools.lock.json'), testWork());
}

const diskSource = debianSource({
  packages: ['dosfstools', 'e2fsprogs', 'fdisk', 'gdisk', 'mtools', 'openssl', 'sbsigntool', 'u-boot-tools'],
});

/** Programs that check disks, file systems and EFI programs. */
export function diskTools(): Promise<Tools> {
  return debianTree(
    'tools for disks',
    diskSource,
    join(import.meta.dirname, 'disk-tools.lock.json'),
    testWork(),
  );
}

/** Chromium for headless use, without the largest of its libraries: those for 3D and GTK. */
const browserSource = debianSource({
  packages: ['chromium'],
  keep: [
    ...['chromium', 'chromium-common', 'fontconfig-config', 'fonts-dejavu-core', 'zlib1g'],
    'lib{a,b,c,d,e,f,h,i,j,k,lcms,m,n,o,p,r,s,t,u,v,w,x,zstd}*',
    'libg{bm,cc,lib2,mp,nutls,raph,ssapi}*',
  ],
});

/** A browser for `Browser` (test/vm/browser.ts). A download of 165 MB, so only its own test uses it. */
export function browserTools(): Promise<Tools> {
  return debianTree(
    'browser of the tests',
    browserSource,
    join(import.meta.dirname, 'browser.lock.json'),
    testWork(),
  );
}

const idMapSource = debianSource({ packages: ['uidmap'] });

/** newuidmap and newgidmap, which are setuid programs where they are installed; here they are not. */
export function idMapTools(): Promise<Tools> {
  const lock = join(import.meta.dirname, 'uidmap.lock.json');
  return debianTree('programs to map ids', idMapSource, lock, testWork());
}

const fuseSource = debianSource({ packages: ['erofsfuse', 'fuse-overlayfs'] });

/** Programs that mount layers by FUSE. */
export function fuseTools(): Promise<Tools> {
  return debianTree('FUSE tools', fuseSource, join(import.meta.dirname, 'fuse.lock.json'), testWork());
}

const shellSource = debianSource({
  packages: ['bash', 'bash-completion', 'fish', 'groff-base', 'mandoc', 'zsh'],
  // Without base-files and others that they depend on, but do not run.
  keep: ['bash*', 'fish*', 'groff-base', 'lib*', 'mandoc', 'zlib1g', 'zsh*'],
});

/** Shells, for the completion scripts, and programs that read man pages. */
export function shellTools(): Promise<Tools> {
  return debianTree(
    'shells of the tests',
    shellSource,
    join(import.meta.dirname, 'shells.lock.json'),
    testWork(),
  );
}
