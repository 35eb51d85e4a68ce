import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

/** Prometheus, promtool and node_exporter, which need the C library alone. */
const source = debianSource({
  packages: ['libc6', 'prometheus', 'prometheus-node-exporter', 'promtool'],
  depends: false,
  include: ['/usr/bin/**', '/usr/lib/**'],
});

export function prometheusTools(): Promise<Tools> {
  return debianTree(
    'Prometheus of the tests',
    source,
    join(import.meta.dirname, 'tools.lock.json'),
    testWork(),
  );
}
