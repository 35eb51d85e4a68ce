import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { isRoot, needs } from '../../../test/support/needs.ts';
import { fakeContext, fakeLink } from '../../testing/fake-context.ts';
import { setUpLateTunnels, setUpNetwork } from './network.ts';

const eth0 = { addresses: [], routes: [], dhcp: false };

function contextWith(config: object) {
  const context = fakeContext({ '/etc/kit/network.json': JSON.stringify(config) });
  context.links.push(fakeLink({ index: 1, name: 'lo', mac: '', loopback: true }), fakeLink({}));
  return context;
}

test('without a configuration the network is left to services', async () => {
  expect(await setUpNetwork(fakeContext())).toBe('left to services');
});

test('an interface is marked first, and is up before routes are set', async () => {
  const context = contextWith({
    interfaces: [
      {
        ...{ name: 'eth0', dhcp: false, mtu: 1400 },
        addresses: [{ address: '10.0.2.20', prefix: 24 }],
        routes: [{ destination: '0.0.0.0', prefix: 0, gateway: '10.0.2.2', metric: 0 }],
      },
    ],
    dns: { servers: ['10.0.2.3'], search: ['lan'] },
  });
  expect(await setUpNetwork(context)).toBe('eth0 MTU 1400, 10.0.2.20/24, default via 10.0.2.2');
  expect(context.calls.filter((line) => !line.startsWith('module'))).toEqual([
    'link 2 {"alias":"kit: fixed"}',
    'link 2 {"mtu":1400}',
    'link 2 {"up":true}',
    'address 2 10.0.2.20/24',
    'route 2 0.0.0.0/0 10.0.2.2 0',
  ]);
  expect(context.disk.get('/run/resolvconf/resolv.conf')).toBe('search lan\nnameserver 10.0.2.3\n');
  expect(context.disk.get('/run/resolvconf/static.json')).toBe('{"servers":["10.0.2.3"],"search":["lan"]}');
});

test('an interface is found by its MAC address, and a VLAN made on it', async () => {
  const context = contextWith({
    interfaces: [
      { ...eth0, mac: '52:54:00:12:34:56' },
      { ...eth0, name: 'lan', dhcp: true, vlan: { id: 7, link: 'eth0' } },
    ],
    dns: { servers: [], search: [] },
  });
  expect(await setUpNetwork(context)).toBe('eth0 up; lan DHCP');
  expect(context.calls).toContain('make {"name":"lan","kind":"vlan","id":7,"link":2}');
  expect(context.calls).toContain('link 3 {"alias":"kit: dhcp"}');
});

test('a bond is made of its members, which are down when it takes them', async () => {
  const context = contextWith({
    interfaces: [
      { ...eth0, name: 'eth1', mtu: 9000 },
      {
        ...{ ...eth0, name: 'bond0', dhcp: true },
        bond: { members: ['eth0', 'eth1'], mode: '802.3ad', miimon: 100, lacpRate: 'fast' },
      },
      { ...eth0, name: 'br0', bridge: { members: ['bond0'], stp: false } },
    ],
    rules: [{ family: 4, from: { address: '10.0.0.0', prefix: 8 }, table: 100, priority: 7 }],
    dns: { servers: [], search: [] },
  });
  context.links.push(fakeLink({ index: 3, name: 'eth1' }));
  const summary = await setUpNetwork(context);
  expect(summary).toBe('eth1 MTU 9000; bond0 DHCP; br0 up; IPv4 rule 7 to table 100');
  expect(context.calls.slice(context.calls.findIndex((line) => line.startsWith('make')))).toEqual([
    'make {"name":"bond0","kind":"bond","mode":"802.3ad","miimon":100,"lacpRate":"fast"}',
    ...[2, 3].flatMap((index) => [
      `link ${index} {"up":false,"alias":"kit: fixed"}`,
      `link ${index} {"master":4}`,
      `link ${index} {"up":true}`,
    ]),
    'link 4 {"alias":"kit: dhcp"}',
    'link 4 {"up":true}',
    'make {"name":"br0","kind":"bridge","stp":false}',
    'link 4 {"up":false,"alias":"kit: fixed"}',
    'link 4 {"master":5}',
    'link 4 {"up":true}',
    'link 5 {"alias":"kit: fixed"}',
    'link 5 {"up":true}',
    'rule 4 7 100',
  ]);
  expect(context.disk.get('/proc/sys/net/ipv6/conf/eth1/disable_ipv6')).toBe('1');
});

const key = `${'A'.repeat(43)}=`;
const tunnel = (metadata: boolean): object => ({
  interfaces: [
    {
      ...{ ...eth0, name: 'wg0' },
      wireguard: {
        privateKey: { path: metadata ? '/run/config/wg' : '/etc/wg', metadata },
        listenPort: 51820,
        peers: [{ publicKey: key, allowedIps: [], endpoint: { address: '192.0.2.1', port: 1 } }],
      },
    },
  ],
  dns: { servers: [], search: [] },
});
const set = 'wireguard wg0 32 51820 [{"address":"192.0.2.1","port":1}]';

test('a tunnel whose key comes with the metadata gets it after onboot', async () => {
  const context = contextWith(tunnel(true));
  expect(await setUpNetwork(context)).toBe('wg0 up');
  // The port is the manifest's from the start, and stays so when no key ever comes.
  expect(context.calls.at(-1)).toBe('wireguard wg0 no key 51820 []');
  context.disk.set('/run/config/wg', `${key}\n`);
  setUpLateTunnels(context);
  expect([context.calls.at(-1), context.shown]).toEqual([set, []]);
});

test('a key that is none is not shown', async () => {
  const context = contextWith(tunnel(false));
  context.disk.set('/etc/wg', 'secret');
  await setUpNetwork(context);
  expect(context.shown).toEqual([
    'interface wg0 failed: Cannot read the key in "/etc/wg": it is not 32 bytes in base64',
  ]);
  context.disk.set('/etc/wg', key);
  await setUpNetwork(context);
  expect(context.calls).toContain(set);
});

test('an interface that does not appear in time is logged, and the others are set up', async () => {
  const context = contextWith({
    interfaces: [
      { ...eth0, name: 'eth7' },
      { ...eth0, name: 'eth0' },
    ],
    dns: { servers: [], search: [] },
  });
  context.now = -10_000;
  context.system.uptimeMs = () => {
    context.now += 5000;
    return context.now;
  };
  expect(await setUpNetwork(context)).toBe('eth0 up');
  expect(context.shown).toEqual([
    'interface eth7 failed: no "eth7" after 10 s, only eth0 (52:54:00:12:34:56)',
  ]);
});

test('an address that the kernel refuses is logged, and the others are set', async () => {
  const context = contextWith({
    interfaces: [
      {
        ...eth0,
        name: 'eth0',
        addresses: [
          { address: '10.0.2.20', prefix: 24 },
          { address: 'fd00::20', prefix: 64 },
        ],
      },
    ],
    dns: { servers: [], search: [] },
  });
  context.failing.set('address 2 fd00::20/64', new Error('no IPv6'));
  expect(await setUpNetwork(context)).toBe('eth0 10.0.2.20/24');
  expect(context.shown).toEqual(['interface eth0: no IPv6']);
});

const works = (commands: string): boolean => spawnSync('unshare', ['-n', 'sh', '-c', commands]).status === 0;
const veth = 'ip link add v0 type veth peer name v1';
const able = isRoot && works(veth);
const vlans = able && works(`${veth} && ip link add link v0 name v0.7 type vlan id 7`);
const why = able && !vlans ? ' (except VLANs, which this kernel lacks)' : '';
const inNamespace = needs('root, for network namespaces, and ip(8) and veth', able);

test(`a real kernel is configured as asked${why}`, inNamespace, () => {
  const lan = {
    ...{ ...eth0, name: 'lan', vlan: { id: 7, link: 'v0' } },
    addresses: [{ address: '10.7.0.1', prefix: 32 }],
    // A gateway outside the network of the interface's address.
    routes: [{ destination: '10.8.0.0', prefix: 16, gateway: '10.7.0.254', metric: 0 }],
  };
  const config = {
    interfaces: [
      {
        ...{ name: 'v0', dhcp: false, mtu: 1400 },
        addresses: [
          { address: '10.0.2.20', prefix: 24 },
          { address: 'fd00::20', prefix: 64 },
        ],
        routes: [
          { destination: '0.0.0.0', prefix: 0, gateway: '10.0.2.2', metric: 0 },
          { destination: '::', prefix: 0, gateway: 'fe80::1', metric: 5 },
          { destination: '10.1.0.0', prefix: 16, gateway: '10.0.2.3', metric: 50 },
          { destination: '10.2.0.0', prefix: 16, metric: 0 },
          {
            ...{ destination: '10.3.0.0', prefix: 16, gateway: '10.0.2.9', metric: 0, table: 1000 },
            ...{ source: '10.0.2.20', onlink: false },
          },
        ],
      },
      ...(vlans ? [lan] : []),
      { ...eth0, name: 'br0', bridge: { members: ['w0'], stp: true } },
    ],
    rules: [
      { family: 4, from: { address: '10.9.0.0', prefix: 16 }, table: 1000, priority: 77 },
      { family: 6, fwmark: { mark: 7, mask: 15 }, iif: 'v0', table: 254, priority: 78 },
    ],
    dns: { servers: [], search: [] },
  };
  const code = `
    import { linuxSystem } from ${JSON.stringify(`${import.meta.dirname}/../../system/linux-system.ts`)};
    import { setUpNetwork } from ${JSON.stringify(`${import.meta.dirname}/network.ts`)};
    const files = { ...linuxSystem.files, read: () => process.env.CONFIG, write() {} };
    const log = (text) => console.error(text);
    const system = { ...linuxSystem, files, ownsMachine: () => false };
    const ending = new AbortController().signal;
    const context = { system, console: { log, print: log }, ending };
    console.log(await setUpNetwork(context));`;
  const node = `"$NODE" --disable-warning=ExperimentalWarning --input-type=module -e "$CODE"`;
  const show =
    'ip -j -d addr && ip -j route && ip -j -6 route && ip -j route show table 1000 && ip -j rule && ip -j -6 rule';
  const script = `${veth} && ip link add w0 type veth peer name w1 && ip link set v1 up && ${node} && sleep 0.1 && ${show}`;
  const env = { ...process.env, NODE: process.execPath, CODE: code, CONFIG: JSON.stringify(config) };
  const lines = execFileSync('unshare', ['-n', 'sh', '-c', script], { encoding: 'utf8', env }).split('\n');
  const [summary, links, routes4, routes6, table, rules4, rules6] = [
    lines[0],
    ...lines
      .slice(1)
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  ];
  expect(summary).toBe(
    'v0 MTU 1400, 10.0.2.20/24, fd00::20/64, default via 10.0.2.2, default via fe80::1, ' +
      '10.1.0.0/16 via 10.0.2.3, 10.2.0.0/16, 10.3.0.0/16 via 10.0.2.9 in table 1000' +
      (vlans ? '; lan 10.7.0.1/32, 10.8.0.0/16 via 10.7.0.254' : '') +
      '; br0 up; IPv4 rule 77 to table 1000; IPv6 rule 78 to table 254',
  );
  const link = (name: string) => links.find(({ ifname }: { ifname: string }) => ifname === name);
  expect(link('v0')).toMatchObject({ mtu: 1400, ifalias: 'kit: fixed' });
  expect(link('v0').flags).toContain('UP');
  expect(link('v0').addr_info).toMatchObject([
    { local: '10.0.2.20', prefixlen: 24, broadcast: '10.0.2.255', scope: 'global' },
    { local: 'fd00::20', prefixlen: 64, scope: 'global' },
    { family: 'inet6', scope: 'link' },
  ]);
  expect(link('v0').addr_info[1]).not.toHaveProperty('tentative');
  if (vlans)
    expect(link('lan')).toMatchObject({ link: 'v0', linkinfo: { info_kind: 'vlan', info_data: { id: 7 } } });
  expect(routes4).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ dst: 'default', gateway: '10.0.2.2', dev: 'v0', protocol: 'static' }),
      expect.objectContaining({ dst: '10.1.0.0/16', gateway: '10.0.2.3', metric: 50 }),
      expect.objectContaining({ dst: '10.2.0.0/16', dev: 'v0', scope: 'link' }),
      ...(vlans ? [expect.objectContaining({ dst: '10.8.0.0/16', gateway: '10.7.0.254', dev: 'lan' })] : []),
    ]),
  );
  expect(routes6).toEqual(
    expect.arrayContaining([expect.objectContaining({ dst: 'default', gateway: 'fe80::1', metric: 5 })]),
  );
  expect(link('br0')).toMatchObject({ linkinfo: { info_kind: 'bridge', info_data: { stp_state: 1 } } });
  expect(link('w0')).toMatchObject({ master: 'br0', linkinfo: { info_slave_kind: 'bridge' }, addr_info: [] });
  expect(table).toMatchObject([{ dst: '10.3.0.0/16', gateway: '10.0.2.9', prefsrc: '10.0.2.20', flags: [] }]);
  expect(rules4).toContainEqual(
    expect.objectContaining({ priority: 77, src: '10.9.0.0', srclen: 16, table: '1000' }),
  );
  expect(rules6).toContainEqual(
    expect.objectContaining({ priority: 78, fwmark: '0x7', fwmask: '0xf', iif: 'v0', table: 'main' }),
  );
});
