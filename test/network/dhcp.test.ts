import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Tools } from '../../build/tools/tree.ts';
import { needsRoot } from '../support/needs.ts';
import { testTools } from '../support/tools.ts';
import { until } from '../support/until.ts';
import { type NetworkProgram, NetworkWorld } from './world.ts';

/** T1 and T2 after two and four seconds instead of 30 and 52 minutes. */
const quick = ['--dhcp-option-force=option:T1,2', '--dhcp-option-force=option:T2,4'];
const range = '--dhcp-range=10.0.2.15,10.0.2.30,255.255.255.0,3600';

/** The server's output after its first DHCPACK: on a busy host, what came before holds retransmissions. */
async function outputSinceLease(server: NetworkProgram): Promise<() => string> {
  await server.prints(/DHCPACK/);
  const { length } = server.output;
  return () => server.output.slice(length);
}

describe('DHCP against dnsmasq', needsRoot('network namespaces'), () => {
  let tools: Tools;
  let world: NetworkWorld;
  beforeAll(async () => {
    tools = await testTools();
  }, 300_000);
  beforeEach(async () => {
    world = await NetworkWorld.make(tools);
  });
  afterEach(() => world.end());

  const address = (name = 'eth0'): Promise<string> => world.ip('client', `-4 -o addr show dev ${name}`);

  test.each([
    ['unicast', []],
    ['broadcast', ['--dhcp-broadcast']],
  ])('leases address, routes, MTU and resolvers, with %s replies', async (_case, more) => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    await world.dnsmasq([
      ...[
        range,
        '--domain=ex.org',
        '--dhcp-option=option:dns-server,10.0.2.3',
        '--dhcp-option=option:mtu,1400',
        '--dhcp-option=option:ntp-server,10.0.2.4,10.0.2.5',
      ],
      ...['--dhcp-option=119,lan.example.com', '--dhcp-option=121,0.0.0.0/0,10.0.2.2,10.77.0.0/16,10.0.2.9'],
      ...more,
    ]);
    const client = world.dhcp();
    await client.prints(/eth0: leased 10\.0\.2\.\d+\/24 from 10\.0\.2\.2 for 3600 s\n/);
    expect(await address()).toMatch(
      /inet 10\.0\.2\.\d+\/24 brd 10\.0\.2\.255 scope global dynamic (proto 0x10 )?eth0/,
    );
    const routes = await world.ip('client', 'route');
    expect(routes).toMatch(/default via 10\.0\.2\.2 dev eth0 proto dhcp/);
    expect(routes).toMatch(/10\.77\.0\.0\/16 via 10\.0\.2\.9 dev eth0 proto dhcp/);
    expect(await world.ip('client', 'link show eth0')).toContain('mtu 1400');
    expect(readFileSync(world.resolvConf, 'utf8')).toBe(
      'search lan.example.com ex.org\nnameserver 10.0.2.3\n',
    );
    expect(readFileSync(join(world.folder, 'ntp/eth0'), 'utf8')).toBe('10.0.2.4\n10.0.2.5\n');
    expect(statSync(join(world.folder, 'ready')).isFile()).toBe(true);
    expect(client.output.trim().split('\n')).toHaveLength(1);
  });

  test('asks init for the hostname of the lease, and does not set it itself', async () => {
    await world.shell('client', 'echo localhost >/proc/sys/kernel/hostname');
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    await world.ip('client', 'link set eth0 address 52:54:00:12:34:56');
    await world.dnsmasq([range, '--dhcp-host=52:54:00:12:34:56,web-7']);
    await world.dhcp().prints(/leased/);
    expect(readFileSync(join(world.folder, 'hostname'), 'utf8')).toBe('web-7\n');
    expect(await world.shell('client', 'hostname')).toBe('localhost\n');
  });

  test('renews at T1 without logging, and keeps the address when stopped', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    const server = await world.dnsmasq([range, ...quick]);
    const client = world.dhcp();
    await client.prints(/leased/);
    const sinceLease = await outputSinceLease(server);
    const first = world.lease();
    await until('two renewals', () => (sinceLease().match(/DHCPREQUEST/g)?.length ?? 0) >= 2);
    await until(
      'a later expiry of the lease',
      () => (world.lease()?.expiresAtMs ?? 0) > (first?.expiresAtMs ?? 0),
    );
    expect(sinceLease()).not.toContain('DHCPDISCOVER');
    expect(client.output.trim().split('\n')).toHaveLength(1);
    expect(await client.stop()).toBe(0);
    expect(await address()).toContain(first?.address);
  });

  test('after being killed, keeps address and resolvers until a server replies', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    const options = [range, '--dhcp-option=option:dns-server,10.0.2.3'];
    const server = await world.dnsmasq(options);
    const client = world.dhcp();
    await client.prints(/leased/);
    const before = await address();
    await client.stop('SIGKILL');
    await server.stop();
    const restarted = world.dhcp();
    await restarted.prints(/no DHCP server answers/);
    expect(before.split('valid_lft')[0]).toBe((await address()).split('valid_lft')[0]);
    expect(readFileSync(world.resolvConf, 'utf8')).toBe('nameserver 10.0.2.3\n');
    await world.dnsmasq(options);
    await restarted.prints(/leased/);
    expect((await address()).match(/inet /g)).toHaveLength(1);
  });

  test('renews with another server at T2', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    const before = await world.dnsmasq([range, ...quick]);
    const client = world.dhcp();
    await client.prints(/leased .* from 10\.0\.2\.2 /);
    const leased = world.lease()?.address;
    await before.stop();
    await world.ip('server', 'addr del 10.0.2.2/24 dev srv');
    await world.ip('server', 'addr add 10.0.2.9/24 dev srv');
    const after = await world.dnsmasq([range, ...quick]);
    await client.prints(/leased .* from 10\.0\.2\.9 /);
    expect(world.lease()?.address).toBe(leased);
    expect(after.output).not.toContain('DHCPDISCOVER');
  });

  test('gives up a refused lease and gets another', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    const before = await world.dnsmasq([range, ...quick]);
    const client = world.dhcp();
    await client.prints(/leased 10\.0\.2\.\d+/);
    await before.stop();
    await world.dnsmasq(['--dhcp-range=10.0.2.100,10.0.2.110,255.255.255.0,3600', ...quick]);
    await client.prints(/eth0: gave up its address: refused by 10\.0\.2\.2/);
    await client.prints(/leased 10\.0\.2\.1\d\d\/24/);
    expect((await address()).match(/inet /g)).toHaveLength(1);
    expect((await world.ip('client', 'route')).match(/default/g)).toHaveLength(1);
  });

  test('--once exits with 0 when there is a lease', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    await world.dnsmasq([range]);
    const client = world.dhcp('--once');
    expect(await client.status()).toBe(0);
    expect(await address()).toContain(world.lease()?.address);
  });

  test('--once exits with 1 and a message without a server, and without a carrier', async () => {
    await world.cable('eth0', 'srv', []);
    const unanswered = world.dhcp('--once', '--timeout', '1');
    expect(await unanswered.status()).toBe(1);
    expect(unanswered.output).toBe('error: Cannot lease an address within 1 s: no DHCP server answered\n');
    await world.ip('server', 'link set srv down');
    const unplugged = world.dhcp('--once', '--timeout', '1');
    expect(await unplugged.status()).toBe(1);
    expect(unplugged.output).toContain('within 1 s: no Ethernet interface has a carrier');
  });

  test('leases despite invalid replies of a hostile host', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    await world.node('server', [], 'test/network/hostile-server.ts', ['srv']).prints(/hostile/);
    await world.dnsmasq([range, ...quick]);
    const client = world.dhcp();
    await client.prints(/leased 10\.0\.2\.\d+\/24 from 10\.0\.2\.2 /);
    const first = world.lease();
    await until('a renewal', () => (world.lease()?.expiresAtMs ?? 0) > (first?.expiresAtMs ?? 0));
    // More than one if a second has passed until it rebinds: then a refusal of any server counts.
    const servers = [...client.output.matchAll(/leased \S+ from (\S+)/g)].map(([, server]) => server);
    expect(new Set(servers)).toEqual(new Set(['10.0.2.2']));
    expect(client.output).toContain('eth0: 10.0.2.66 ');
    for (const part of client.output.split(/leased .*\n/))
      expect(part.split('\n').length).toBeLessThanOrEqual(12);
  });

  test('manages an interface that is added and removed while another has a lease', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    await world.dnsmasq([range, '--dhcp-option=option:dns-server,10.0.2.3']);
    const client = world.dhcp();
    await client.prints(/eth0: leased 10\.0\.2\./);
    await world.cable('eth1', 'srv1', ['10.0.3.2/24']);
    await world.dnsmasq(
      ['--dhcp-range=10.0.3.15,10.0.3.30,255.255.255.0,3600', '--dhcp-option=option:dns-server,10.0.3.3'],
      'srv1',
    );
    await client.prints(/eth1: leased 10\.0\.3\./);
    const both = 'nameserver 10.0.2.3\nnameserver 10.0.3.3\n';
    await until('both resolvers', () => readFileSync(world.resolvConf, 'utf8') === both);
    expect((await world.ip('client', 'route')).match(/default/g)).toHaveLength(2);
    await world.ip('client', 'link del eth1');
    await until('one resolver', () => readFileSync(world.resolvConf, 'utf8') === 'nameserver 10.0.2.3\n');
    expect(world.lease('eth1')).toBeUndefined();
  });

  test('manages only the interfaces of --interface', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    await world.cable('lan0', 'srv1', ['10.0.3.2/24']);
    await world.dnsmasq([range]);
    await world.dnsmasq(['--dhcp-range=10.0.3.15,10.0.3.30,255.255.255.0,3600'], 'srv1');
    const client = world.dhcp('--interface', 'lan*', '--once');
    expect(await client.status()).toBe(0);
    expect(await address('lan0')).toContain('10.0.3.');
    expect(await address()).toBe('');
  });

  test('verifies the lease instead of discovering when the carrier comes back', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    const server = await world.dnsmasq([range]);
    const client = world.dhcp();
    await client.prints(/leased/);
    await world.ip('server', 'link set srv down');
    await until('a lost carrier', async () =>
      (await world.ip('client', 'link show eth0')).includes('NO-CARRIER'),
    );
    expect(await address()).toContain(world.lease()?.address);
    const since = await outputSinceLease(server);
    await world.ip('server', 'link set srv up');
    await until('a renewed lease', () => /DHCPREQUEST[\s\S]*DHCPACK/.test(since()));
    expect(since()).not.toContain('DHCPDISCOVER');
  });

  test('asks for its address of before when it starts again', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    const server = await world.dnsmasq([range]);
    const client = world.dhcp();
    await client.prints(/leased/);
    const since = await outputSinceLease(server);
    const before = world.lease()?.address;
    await client.stop();
    await world.ip('client', 'addr flush dev eth0');
    await world.dhcp().prints(/leased/);
    expect(world.lease()?.address).toBe(before);
    expect(since()).not.toContain('DHCPDISCOVER');
  });

  test('declines an address that another host has', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    // Linux answers for all of its addresses on every interface.
    await world.ip('server', 'addr add 10.0.2.15/32 dev lo');
    const server = await world.dnsmasq(['--dhcp-range=10.0.2.15,10.0.2.15,255.255.255.0,3600']);
    const client = world.dhcp('--once', '--timeout', '5');
    expect(await client.status()).toBe(1);
    expect(client.output).toMatch(/10\.0\.2\.2 leased 10\.0\.2\.15, which is not taken: \S+ has it already/);
    expect(server.output).toContain('DHCPDECLINE');
    expect(await address()).toBe('');
  });

  // With networks that lose a renewal and a rebinding, the next one comes a minute later.
  test.each([1, 2])('leases and renews over a network that loses, doubles and reorders: %i', async (seed) => {
    await world.badCable('eth0', 'srv', ['10.0.2.2/24'], seed);
    await world.dnsmasq([range, ...quick]);
    const client = world.dhcp();
    await client.prints(/leased 10\.0\.2\.\d+\/24 from 10\.0\.2\.2 /);
    const first = world.lease();
    await until('a renewal', () => (world.lease()?.expiresAtMs ?? 0) > (first?.expiresAtMs ?? 0));
    expect(world.lease()?.address).toBe(first?.address);
    expect((await address()).match(/inet /g)).toHaveLength(1);
  });

  test('routes go with the carrier, and come back with it, as the kernel tells: no timer fires', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    await world.dnsmasq([range]);
    const client = world.stoppableDhcp();
    await client.prints(/leased/);
    client.child.kill('SIGUSR2');
    await client.prints(/timers stopped/);
    const hasRoute = async (): Promise<boolean> =>
      (await world.ip('client', 'route')).includes('default via');
    expect(await hasRoute()).toBe(true);
    await world.ip('server', 'link set srv down');
    await until('no default route', async () => !(await hasRoute()));
    await world.ip('server', 'link set srv up');
    await until('the default route', hasRoute);
  });

  test('verifies the lease after a loss of the carrier that was over before it looked', async () => {
    await world.cable('eth0', 'srv', ['10.0.2.2/24']);
    const server = await world.dnsmasq([range]);
    const client = world.dhcp();
    await client.prints(/leased/);
    const since = await outputSinceLease(server);
    client.child.kill('SIGSTOP');
    await world.ip('server', 'link set srv down');
    await until('a lost carrier', async () =>
      (await world.ip('client', 'link show eth0')).includes('NO-CARRIER'),
    );
    await world.ip('server', 'link set srv up');
    client.child.kill('SIGCONT');
    await until('a renewed lease', () => /DHCPREQUEST[\s\S]*DHCPACK/.test(since()));
    expect(since()).not.toContain('DHCPDISCOVER');
  });
});
