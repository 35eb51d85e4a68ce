import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tools } from '../../build/tools/tree.ts';
import { machineEndsFile } from '../../lib/bundle/network.ts';
import { needsRoot } from '../support/needs.ts';
import { testTools } from '../support/tools.ts';
import { until } from '../support/until.ts';
import { NetworkWorld } from './world.ts';

const range = '--dhcp-range=10.0.2.15,10.0.2.30,255.255.255.0,3600';
const dns = '--dhcp-option=option:dns-server,10.0.2.3';
const dns6 = '--dhcp-option=option6:dns-server,[fd00:2::53]';

describe('IPv6 against dnsmasq', needsRoot('network namespaces'), () => {
  let tools: Tools;
  let world: NetworkWorld;
  beforeAll(async () => {
    tools = await testTools();
  }, 300_000);
  beforeEach(async () => {
    world = await NetworkWorld.make(tools);
    await world.cable('eth0', 'srv', ['10.0.2.2/24', 'fd00:2::1/64']);
  });
  afterEach(() => world.end());

  const addresses = (): Promise<string> => world.ip('client', '-6 -o addr show dev eth0 scope global');
  /** Port 546, in hexadecimal. */
  const hasPort = async (): Promise<boolean> =>
    (await world.shell('client', 'cat /proc/net/udp6')).includes(':0222 ');
  const resolvConf = (): string => readFileSync(world.resolvConf, 'utf8');

  test('leases an address as the routers say, with name and time servers after those of IPv4', async () => {
    const server = await world.dnsmasq([
      ...[range, dns, dns6, '--dhcp-option=option:ntp-server,10.0.2.4'],
      ...[
        '--enable-ra',
        '--dhcp-range=fd00:2::100,fd00:2::1ff,64,3600',
        '--dhcp-option=option6:domain-search,lan.example',
      ],
      '--dhcp-option=option6:ntp-server,[fd00:2::123]',
      '--dhcp-option=option6:sntp-server,[fd00:2::124]',
    ]);
    const client = world.dhcp();
    await client.prints(/eth0: leased fd00:2::1[0-9a-f]{2} by DHCPv6 for 3600 s\n/);
    await client.prints(/eth0: leased 10\.0\.2\.\d+\/24/);
    expect(await addresses()).toMatch(/inet6 fd00:2::1[0-9a-f]{2}\/128 scope global/);
    await until('no port open', async () => !(await hasPort()));
    await until('all name servers', () => resolvConf().includes('fd00:2::53'));
    expect(resolvConf()).toBe('search lan.example\nnameserver 10.0.2.3\nnameserver fd00:2::53\n');
    expect(readFileSync(join(world.folder, 'ntp/eth0'), 'utf8')).toBe('10.0.2.4\nfd00:2::123\nfd00:2::124\n');
    expect(await world.ip('client', '-6 route show default')).toContain('proto ra');
    // The carrier comes back: the lease is verified, not asked for anew.
    const { length } = server.output;
    await world.ip('server', 'link set srv down');
    await world.ip('server', 'link set srv up');
    await world.ip('server', 'addr add fd00:2::1/64 dev srv nodad');
    await until('a CONFIRM', () => server.output.slice(length).includes('DHCPCONFIRM'));
    expect(server.output.slice(length)).not.toContain('DHCPSOLICIT');
    // A restart of the program keeps the lease; the end of the machine gives it back.
    await client.stop();
    expect(await addresses()).toContain('/128');
    const again = world.dhcp();
    await again.prints(/eth0: leased fd00:2::1[0-9a-f]{2} by DHCPv6/);
    expect(server.output).not.toContain('DHCPRELEASE');
    writeFileSync(join(world.folder, machineEndsFile), '');
    await again.stop();
    expect(again.output).toContain('eth0: gave up its DHCPv6 lease: released\n');
    expect(server.output).toMatch(/DHCPRELEASE\(srv\)/);
    expect(await addresses()).not.toContain('/128');
  });

  test('takes settings alone where routers say so, and keeps its name to servers', async () => {
    const server = await world.dnsmasq([range, dns6, '--enable-ra', '--dhcp-range=fd00:2::,ra-stateless']);
    const client = world.dhcp();
    await client.prints(/eth0: got settings from a DHCPv6 server\n/);
    await until('no port open', async () => !(await hasPort()));
    expect(resolvConf()).toContain('nameserver fd00:2::53\n');
    expect(await addresses()).toMatch(/inet6 fd00:2::\S+\/64 scope global/);
    expect(server.output).not.toContain('DHCPSOLICIT');
    const duid = readFileSync(join(world.folder, 'state/duid'), 'utf8');
    expect(duid).toMatch(/^000[14][0-9a-f]+\n$/);
    await client.stop();
    const again = world.dhcp();
    await again.prints(/eth0: got settings/);
    expect(readFileSync(join(world.folder, 'state/duid'), 'utf8')).toBe(duid);
  });
});
