import { join } from 'node:path';
import { debianSource } from '../../build/debian/source.ts';
import { testWork } from '../../build/testing.ts';
import { debianTree, type Tools } from '../../build/tools/tree.ts';

const source = debianSource({
  packages: ['kea-dhcp6-server'],
  // Without the databases, Python and init scripts that its packages ask for.
  keep: ['kea-common', 'kea-dhcp6-server', 'lib*', 'zlib1g'],
});

/** Kea's server of DHCPv6, which unlike dnsmasq delegates prefixes. */
export function keaTools(): Promise<Tools> {
  const lock = join(import.meta.dirname, 'kea.lock.json');
  return debianTree('DHCPv6 server of the tests', source, lock, testWork());
}
