import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

/** rsyslog with TLS, and openssl for its certificates. */
const source = debianSource({ packages: ['rsyslog', 'rsyslog-openssl', 'openssl'] });

export function syslogTools(): Promise<Tools> {
  return debianTree(
    'syslog server of the tests',
    source,
    join(import.meta.dirname, 'tools.lock.json'),
    testWork(),
  );
}
