import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

/** Other programs that sign EFI programs, read keys of Secure Boot and know firmware's variables. */
const source = debianSource({
  packages: ['sbsigntool', 'osslsigncode', 'efitools', 'openssl', 'python3-virt-firmware', 'cryptsetup-bin'],
});

export function secureBootTools(): Promise<Tools> {
  const lock = join(import.meta.dirname, 'tools.lock.json');
  return debianTree('tools for Secure Boot', source, lock, testWork());
}
