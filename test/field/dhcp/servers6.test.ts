import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tools } from '../../../build/tools/tree.ts';
import { type DhcpConfig, dhcpSettingsFile, interfaceMarks } from '../../../lib/bundle/network.ts';
import { keaTools } from '../../network/kea-tools.ts';
import { startKea6 } from '../../network/kea6.ts';
import { type NetworkProgram, NetworkWorld } from '../../network/world.ts';
import { needsRoot } from '../../support/needs.ts';
import { testTools } from '../../support/tools.ts';
import { until } from '../../support/until.ts';
import { dhcpServers } from './tools.ts';

interface Trees {
  readonly kea: Tools;
  readonly servers: Tools;
}
/** Starts a server on the interface `srv`, whose address is fd00:2::1/64. */
type Start = (world: NetworkWorld, trees: Trees) => Promise<NetworkProgram>;

const iscConfig = `authoritative;
default-lease-time 3600;
subnet6 fd00:2::/64 {
  range6 fd00:2::100 fd00:2::1ff;
}
`;

const starts: Readonly<Record<string, Start>> = {
  dnsmasq: (world) => world.dnsmasq(['--dhcp-range=fd00:2::100,fd00:2::1ff,64,3600']),
  'ISC dhcpd': async (world, { servers }) => {
    const [config, leases] = [join(world.folder, 'dhcpd6.conf'), join(world.folder, 'dhcpd6.leases')];
    writeFileSync(config, iscConfig);
    writeFileSync(leases, '');
    // It has to have a link-local address, which other hosts may have until they were asked.
    await until('an address of the server', async () =>
      /fe80:/.test(await world.ip('server', '-6 addr show dev srv -tentative')),
    );
    const args = ['-6', '-f', '-d', '-cf', config, '-lf', leases, '--no-pid', '-user', 'root', 'srv'];
    const server = world.tool('server', servers, 'dhcpd', args);
    await server.prints(/Server starting service/);
    return server;
  },
  Kea: (world, { kea }) =>
    startKea6(world, kea, {
      ...{ subnet: 'fd00:2::/64', pools: [{ pool: 'fd00:2::100 - fd00:2::1ff' }] },
      ...{ 'renew-timer': 2, 'rebind-timer': 4, 'preferred-lifetime': 3600, 'valid-lifetime': 3600 },
    }),
};

describe('DHCPv6 servers of other people', needsRoot('network namespaces'), () => {
  let world: NetworkWorld;
  let trees: Trees;
  let tools: Tools;
  beforeAll(async () => {
    const [servers, kea] = await Promise.all([dhcpServers(), keaTools()]);
    trees = { servers, kea };
    tools = await testTools();
  }, 300_000);
  beforeEach(async () => {
    world = await NetworkWorld.make(tools);
  });
  afterEach(() => world.end());

  const addresses = async (): Promise<string[]> =>
    (await world.ip('client', '-6 -o addr show dev eth0 scope global')).match(/inet6 \S+/g) ?? [];

  const lossy = Object.entries(starts).flatMap(([name, start]) =>
    [1, 2].map((seed) => ({ name, seed, start })),
  );
  test.each(lossy)(
    '$name, network $seed that loses, doubles and reorders: one lease, renewed, also after a restart',
    async ({ name, seed, start }) => {
      await world.badCable('eth0', 'srv', ['fd00:2::1/64'], seed);
      // IPv6 alone: what else there is to lose would depend on the time.
      await world.shell('client', `echo '${interfaceMarks.dhcp6}' >/sys/class/net/eth0/ifalias`);
      const settings: DhcpConfig = { eth0: { dhcp: 'stateful' } };
      writeFileSync(join(world.folder, dhcpSettingsFile), JSON.stringify(settings));
      const server = await start(world, trees);
      const client = world.dhcp();
      await client.prints(/eth0: leased fd00:2::\S+ by DHCPv6 for 3600 s/);
      const first = await addresses();
      expect(first).toEqual([expect.stringMatching(/^inet6 fd00:2::1[0-9a-f]{2}\/128$/)]);
      if (name === 'Kea') await server.prints(/DHCP6_LEASE_RENEW /);
      await client.stop();
      const again = world.dhcp();
      await again.prints(/eth0: leased fd00:2::\S+ by DHCPv6 for 3\d{3} s/);
      expect(await addresses()).toEqual(first);
    },
  );
});
