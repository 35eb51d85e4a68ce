import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

/** Debian's cosign, with what it needs to run and no more. */
const source = debianSource({ packages: ['cosign'], keep: ['cosign', 'libc6', 'libgcc-s1', 'libpcsclite1'] });

export function cosignTools(): Promise<Tools> {
  return debianTree('cosign', source, join(import.meta.dirname, 'tools.lock.json'), testWork());
}
