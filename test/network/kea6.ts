import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tools } from '../../build/tools/tree.ts';
import type { NetworkProgram, NetworkWorld } from './world.ts';

/** Suboption 3 of RFC 5908 with the name time.example. */
const named = `0003000e04${Buffer.from('time').toString('hex')}07${Buffer.from('example').toString('hex')}00`;

/**
 * Starts Kea's server of DHCPv6 on the interface `srv`, which has to have a carrier.
 * @param subnet an element of `subnet6`, without its id and interface
 */
export async function startKea6(world: NetworkWorld, kea: Tools, subnet: object): Promise<NetworkProgram> {
  const files = join(world.folder, 'kea');
  mkdirSync(files, { recursive: true });
  const config = {
    // Its address is still being looked for on other hosts.
    'interfaces-config': {
      interfaces: ['srv'],
      ...{ 'service-sockets-max-retries': 50, 'service-sockets-retry-wait-time': 200 },
      'service-sockets-require-all': true,
    },
    'lease-database': { type: 'memfile', persist: false },
    'server-id': { type: 'EN', persist: false },
    'option-data': [
      { name: 'dns-servers', data: 'fd00:2::53' },
      { name: 'sntp-servers', data: 'fd00:2::124' },
      { code: 56, space: 'dhcp6', 'csv-format': false, data: named },
    ],
    subnet6: [{ id: 1, interface: 'srv', ...subnet }],
    loggers: [
      { name: 'kea-dhcp6', severity: 'DEBUG', debuglevel: 99, 'output-options': [{ output: 'stdout' }] },
    ],
  };
  writeFileSync(join(files, 'kea.json'), JSON.stringify({ Dhcp6: config }));
  const started = world.tool('server', kea, 'kea-dhcp6', ['-c', join(files, 'kea.json')], {
    ...{ KEA_LOCKFILE_DIR: 'none', KEA_PIDFILE_DIR: files, KEA_DHCP_DATA_DIR: files },
  });
  await started.prints(/DHCP6_STARTED/);
  return started;
}
