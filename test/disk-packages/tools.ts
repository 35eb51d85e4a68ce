import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

const source = debianSource({
  packages: [...['btrfs-progs', 'cryptsetup-bin', 'e2fsprogs', 'fdisk', 'util-linux', 'xfsprogs']],
  // What they depend on holds an interpreter and its libraries, for programs that no test runs.
  keep: [
    ...[
      'btrfs-progs',
      'cryptsetup-bin',
      'e2fsprogs',
      'fdisk',
      'util-linux',
      'xfsprogs',
      'zlib1g',
      'gcc-14-base',
    ],
    'lib*',
  ],
});

/** The programs that kit's packages for disks run in a machine. */
export function diskPrograms(): Promise<Tools> {
  return debianTree('programs for disks', source, join(import.meta.dirname, 'tools.lock.json'), testWork());
}
