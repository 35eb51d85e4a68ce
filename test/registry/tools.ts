import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

/** A real registry, and an independent client that checks what kit writes and sends. */
const source = debianSource({ packages: ['docker-registry', 'skopeo', 'openssl'] });

export function registryTools(): Promise<Tools> {
  return debianTree(
    'registry of the tests',
    source,
    join(import.meta.dirname, 'tools.lock.json'),
    testWork(),
  );
}
