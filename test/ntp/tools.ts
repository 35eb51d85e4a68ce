import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

const source = debianSource({
  packages: ['chrony'],
  // Without adduser, init scripts and what they depend on.
  keep: ['chrony', 'lib*', 'zlib1g'],
});

/** chronyd, which serves NTP and NTS. */
export function chronyTools(): Promise<Tools> {
  const lock = join(import.meta.dirname, 'tools.lock.json');
  return debianTree('NTP server of the tests', source, lock, testWork());
}
