import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tools } from '../../../build/tools/tree.ts';
import { type NetworkProgram, NetworkWorld } from '../../network/world.ts';
import { needsRoot } from '../../support/needs.ts';
import { testTools } from '../../support/tools.ts';
import { dhcpServers } from './tools.ts';

/** Starts a server on the interface `srv`, whose address is 10.0.2.2/24. */
type Start = (world: NetworkWorld, servers: Tools) => Promise<NetworkProgram>;

const domains = 'alpha.example beta.example';

const keaConfig = {
  Dhcp4: {
    'interfaces-config': { interfaces: ['srv'], 'dhcp-socket-type': 'raw' },
    'lease-database': { type: 'memfile', persist: false },
    'valid-lifetime': 3600,
    loggers: [{ name: 'kea-dhcp4', 'output-options': [{ output: 'stdout' }], severity: 'INFO' }],
    subnet4: [
      {
        ...{ id: 1, subnet: '10.0.2.0/24', interface: 'srv' },
        pools: [{ pool: '10.0.2.15 - 10.0.2.30' }],
        'option-data': [
          { name: 'routers', data: '10.0.2.2' },
          { name: 'domain-name-servers', data: '10.0.2.3' },
          { code: 15, 'csv-format': false, data: Buffer.from(domains).toString('hex') },
        ],
      },
    ],
  },
};

const iscConfig = `authoritative;
default-lease-time 3600;
subnet 10.0.2.0 netmask 255.255.255.0 {
  range 10.0.2.15 10.0.2.30;
  option routers 10.0.2.2;
  option domain-name-servers 10.0.2.3;
  option domain-name "${domains}";
}
`;

/** Its options end at a blank or comma, so it sends one domain. */
const udhcpdConfig = (leases: string): string => `start 10.0.2.15
end 10.0.2.30
interface srv
lease_file ${leases}
opt subnet 255.255.255.0
opt router 10.0.2.2
opt dns 10.0.2.3
opt domain alpha.example
opt lease 3600
`;

const starts: Readonly<Record<string, Start>> = {
  'ISC dhcpd': async (world, servers) => {
    const [config, leases] = [file(world, 'dhcpd.conf', iscConfig), file(world, 'dhcpd.leases', '')];
    const args = ['-4', '-f', '-d', '-cf', config, '-lf', leases, '--no-pid', '-user', 'root', 'srv'];
    const server = world.tool('server', servers, 'dhcpd', args);
    await server.prints(/Listening on LPF\/srv/);
    return server;
  },
  Kea: async (world, servers) => {
    await world.shell('server', 'mount -t tmpfs tmpfs /run && mkdir -p /run/kea /run/lock/kea');
    const config = file(world, 'kea.json', JSON.stringify(keaConfig));
    const server = world.tool('server', servers, 'kea-dhcp4', ['-c', config], {
      KEA_LOCKFILE_DIR: '/run/lock/kea',
      KEA_PIDFILE_DIR: '/run/kea',
    });
    await server.prints(/DHCP4_STARTED/);
    return server;
  },
  udhcpd: async (world, servers) => {
    const leases = file(world, 'udhcpd.leases', '');
    const config = file(world, 'udhcpd.conf', udhcpdConfig(leases));
    const server = world.tool('server', servers, 'udhcpd', ['-f', config]);
    await server.prints(/started/);
    return server;
  },
};

function file(world: NetworkWorld, name: string, text: string): string {
  const path = join(world.folder, name);
  writeFileSync(path, text);
  return path;
}

describe('DHCP servers of other people', needsRoot('network namespaces'), () => {
  let world: NetworkWorld;
  let servers: Tools;
  let tools: Tools;
  beforeAll(async () => {
    [servers, tools] = await Promise.all([dhcpServers(), testTools()]);
  }, 300_000);
  beforeEach(async () => {
    world = await NetworkWorld.make(tools);
  });
  afterEach(() => world.end());

  test.each(Object.entries(starts))('%s: a lease, with what it has in option 15', async (name, start) => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    // Kea opens no socket on an interface without a carrier.
    await world.ip('client', 'link set eth0 up');
    const server = await start(world, servers);
    const client = world.dhcp('--once');
    expect([await client.status(), client.output]).toEqual([
      0,
      expect.stringMatching(/^eth0: leased 10\.0\.2\.\d+\/24 from 10\.0\.2\.2 for 3600 s\n$/),
    ]);
    const search = name === 'udhcpd' ? 'alpha.example' : domains;
    expect(readFileSync(world.resolvConf, 'utf8')).toBe(`search ${search}\nnameserver 10.0.2.3\n`);
    expect(await world.ip('client', 'route show default')).toContain('default via 10.0.2.2');
    await server.stop();
  });

  const lossy = Object.entries(starts).flatMap(([name, start]) =>
    [1, 2].map((seed) => ({ name, seed, start })),
  );
  test.each(lossy)(
    '$name, network $seed that loses, doubles and reorders: one lease, also after a restart',
    async ({ seed, start }) => {
      await world.badCable('eth0', 'srv', ['10.0.2.2/24'], seed);
      await start(world, servers);
      const addresses = async (): Promise<string[]> =>
        (await world.ip('client', '-4 -o addr show dev eth0')).match(/inet \S+/g) ?? [];
      const client = world.dhcp();
      await client.prints(/eth0: leased 10\.0\.2\.\d+\/24 from 10\.0\.2\.2 for 3600 s/);
      const first = await addresses();
      expect(first).toHaveLength(1);
      await client.stop();
      const again = world.dhcp();
      // ISC's gives what is left of a lease that has just begun (dhcp-cache-threshold of dhcpd.conf(5)).
      await again.prints(/eth0: leased 10\.0\.2\.\d+\/24 from 10\.0\.2\.2 for 3\d{3} s/);
      expect(await addresses()).toEqual(first);
    },
  );
});
