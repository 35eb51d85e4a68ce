import { join } from 'node:path';
import { debianSource } from '../../../build/debian/source.ts';
import { testWork } from '../../../build/testing.ts';
import { debianTree, type Tools } from '../../../build/tools/tree.ts';

const source = debianSource({
  packages: [
    ...['cloud-image-utils', 'dosfstools', 'exfatprogs', 'genisoimage', 'mtools', 'udftools'],
    // What runs the scripts of cloud-image-utils.
    ...['bash', 'libpython3-stdlib', 'python3-minimal'],
  ],
  // Without what cloud-image-utils has for disk images.
  keep: [
    ...['bash', 'cloud-image-utils', 'dosfstools', 'exfatprogs', 'genisoimage', 'mtools', 'udftools'],
    ...[
      'libacl1',
      'libblkid1',
      'libbz2-1.0',
      'libc6',
      'libgcc-s1',
      'libmagic*',
      'libreadline8t64',
      'libtinfo6',
    ],
    ...['libexpat1', 'libpython3*', 'python3*', 'zlib1g'],
  ],
});

/** Programs that write seeds: data volumes, and the user data on them. */
export function seedTools(): Promise<Tools> {
  return debianTree('tools for seeds', source, join(import.meta.dirname, 'tools.lock.json'), testWork());
}

const cloudInitSource = debianSource({
  packages: ['cloud-init'],
  // Without what it configures a machine with.
  keep: [
    'cloud-init*',
    'libc6',
    'libexpat1',
    'libpython3*',
    'libssl3*',
    'libyaml*',
    'libz*',
    'python3*',
    'zlib1g',
  ],
});

/** cloud-init itself, which translates descriptions of networks. */
export function cloudInitTools(): Promise<Tools> {
  const lock = join(import.meta.dirname, 'cloud-init.lock.json');
  return debianTree('cloud-init of the tests', cloudInitSource, lock, testWork());
}
