import { join } from 'node:path';
import { debianSource } from '../../../build/debian/source.ts';
import { testWork } from '../../../build/testing.ts';
import { debianTree, type Tools } from '../../../build/tools/tree.ts';

const source = debianSource({
  packages: ['isc-dhcp-server', 'kea-dhcp4-server', 'udhcpd'],
  keep: ['busybox', 'isc-dhcp-server', 'kea-*', 'lib*', 'udhcpd', 'zlib1g'],
});

/** DHCP servers of other people. */
export function dhcpServers(): Promise<Tools> {
  const lock = join(import.meta.dirname, 'tools.lock.json');
  return debianTree('DHCP servers', source, lock, testWork());
}
