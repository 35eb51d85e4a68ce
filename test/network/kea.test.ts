import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tools } from '../../build/tools/tree.ts';
import { type DhcpConfig, dhcpSettingsFile, machineEndsFile } from '../../lib/bundle/network.ts';
import { needsRoot } from '../support/needs.ts';
import { testTools } from '../support/tools.ts';
import { until } from '../support/until.ts';
import { keaTools } from './kea-tools.ts';
import { startKea6 } from './kea6.ts';
import { type NetworkProgram, NetworkWorld } from './world.ts';

describe('DHCPv6 against Kea', needsRoot('network namespaces'), () => {
  let tools: Tools;
  let kea: Tools;
  let world: NetworkWorld;
  beforeAll(async () => {
    [tools, kea] = await Promise.all([testTools(), keaTools()]);
  }, 300_000);
  beforeEach(async () => {
    world = await NetworkWorld.make(tools);
    await world.cable('eth0', 'srv', ['10.0.2.2/24', 'fd00:2::1/64']);
    await world.cable('eth1', 'below', []);
    // Kea listens on interfaces with a carrier alone.
    await world.ip('client', 'link set eth0 up');
    const settings: DhcpConfig = { eth0: { dhcp: 'stateful', delegate: { to: ['eth1'], length: 56 } } };
    writeFileSync(join(world.folder, dhcpSettingsFile), JSON.stringify(settings));
  });
  afterEach(() => world.end());

  const pool = { subnet: 'fd00:2::/64', pools: [{ pool: 'fd00:2::100 - fd00:2::1ff' }] };
  const prefixes = {
    'pd-pools': [{ prefix: 'fd00:100::', 'prefix-len': 40, 'delegated-len': 56 }],
  };
  const addresses = (device: string): Promise<string> => world.ip('client', `-6 -o addr show dev ${device}`);
  /** What the server has received since `from`. */
  const received = ({ output }: NetworkProgram, from: number): string[] =>
    [...output.slice(from).matchAll(/DHCP6_PACKET_RECEIVED .*?: (\w+) \(type \d+\)/g)].map(
      ([, name = '']) => name,
    );

  test('an address and a prefix, with servers of time; verified, then given back when the machine ends', async () => {
    const server = await startKea6(world, kea, { ...pool, ...prefixes });
    const client = world.dhcp();
    await client.prints(/eth0: leased fd00:2::1[0-9a-f]{2} and fd00:100:\S+\/56 by DHCPv6/);
    expect(await addresses('eth0')).toMatch(/fd00:2::1[0-9a-f]{2}\/128/);
    expect(await addresses('eth1')).toMatch(/fd00:100:\S*\/64/);
    expect(readFileSync(join(world.folder, 'ntp/eth0'), 'utf8')).toBe('time.example\nfd00:2::124\n');
    const { length } = server.output;
    await world.ip('server', 'link set srv down');
    await world.ip('server', 'link set srv up');
    await until('a REBIND', () => received(server, length).includes('REBIND'));
    writeFileSync(join(world.folder, machineEndsFile), '');
    await client.stop();
    expect(received(server, length)).toContain('RELEASE');
    expect(await addresses('eth1')).not.toContain('fd00:100:');
  });

  test('a lease that the network does not have any more is given up', async () => {
    writeFileSync(join(world.folder, dhcpSettingsFile), JSON.stringify({ eth0: { dhcp: 'stateful' } }));
    const before = await startKea6(world, kea, pool);
    const client = world.dhcp();
    await client.prints(/eth0: leased fd00:2::1[0-9a-f]{2} by DHCPv6/);
    await before.stop();
    await world.ip('server', 'link set srv down');
    await world.ip('server', 'link set srv up');
    await world.ip('server', 'addr add fd00:3::1/64 dev srv nodad');
    await startKea6(world, kea, { subnet: 'fd00:3::/64', pools: [{ pool: 'fd00:3::100 - fd00:3::1ff' }] });
    await client.prints(/eth0: gave up its DHCPv6 lease: refused: /);
    await client.prints(/eth0: leased fd00:3::1[0-9a-f]{2} by DHCPv6/);
    expect(await addresses('eth0')).not.toContain('fd00:2:');
  });
});
