import { join } from 'node:path';
import { debianSource } from '../../../build/debian/source.ts';
import { testWork } from '../../../build/testing.ts';
import { debianTree, type Tools } from '../../../build/tools/tree.ts';

const source = debianSource({
  packages: [
    ...['busybox-static', 'cpio', 'libarchive-tools', 'pax', 'tar'],
    ...['libpython3-stdlib', 'python3-minimal'],
    ...['acl', 'attr', 'bzip2', 'gzip', 'lz4', 'lzip', 'ncompress', 'pbzip2', 'pigz', 'xz-utils', 'zstd'],
  ],
  keep: [
    ...['acl', 'attr', 'busybox-static', 'bzip2', 'cpio', 'gzip', 'lib*', 'lz4', 'lzip', 'ncompress', 'pax'],
    ...['pbzip2', 'pigz', 'python3*', 'tar', 'xz-utils', 'zlib1g', 'zstd'],
  ],
});

/** Programs that write and read tar, and that compress. */
export function tarTools(): Promise<Tools> {
  return debianTree('tools for tar', source, join(import.meta.dirname, 'tools.lock.json'), testWork());
}
