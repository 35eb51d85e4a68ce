import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { isRoot, needs } from '../../test/support/needs.ts';
import { fakeContext, fakeLink } from '../testing/fake-context.ts';
import { setUpNetwork } from './network.ts';

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
  expect(context.calls).toContain('vlan {"name":"lan","id":7,"link":2}');
  expect(context.calls).toContain('link 3 {"alias":"kit: dhcp"}');
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
        ],
      },
      ...(vlans ? [lan] : []),
    ],
    dns: { servers: [], search: [] },
  };
  const code = `
    import { linuxSystem } from ${JSON.stringify(`${import.meta.dirname}/../system/linux-system.ts`)};
    import { setUpNetwork } from ${JSON.stringify(`${import.meta.dirname}/network.ts`)};
    const files = { ...linuxSystem.files, read: () => process.env.CONFIG, write() {} };
    const log = (text) => console.error(text);
    const system = { ...linuxSystem, files, ownsMachine: () => false };
    const ending = new AbortController().signal;
    const context = { system, console: { log, print: log }, ending };
    console.log(await setUpNetwork(context));`;
  const node = `"$NODE" --disable-warning=ExperimentalWarning --input-type=module -e "$CODE"`;
  const show = 'ip -j -d addr && ip -j route && ip -j -6 route';
  const script = `${veth} && ip link set v1 up && ${node} && sleep 0.1 && ${show}`;
  const env = { ...process.env, NODE: process.execPath, CODE: code, CONFIG: JSON.stringify(config) };
  const lines = execFileSync('unshare', ['-n', 'sh', '-c', script], { encoding: 'utf8', env }).split('\n');
  const [summary, links, routes4, routes6] = [
    lines[0],
    ...lines
      .slice(1)
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  ];
  expect(summary).toBe(
    'v0 MTU 1400, 10.0.2.20/24, fd00::20/64, default via 10.0.2.2, default via fe80::1, ' +
      '10.1.0.0/16 via 10.0.2.3, 10.2.0.0/16' +
      (vlans ? '; lan 10.7.0.1/32, 10.8.0.0/16 via 10.7.0.254' : ''),
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
});
