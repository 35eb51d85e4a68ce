import { execFileSync, spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { isRoot, needs } from '../../lib/testing.ts';
import { fakeLink, fakeMachine } from '../testing/fake-kernel.ts';
import { setNetwork } from './network.ts';

const eth0 = { addresses: [], routes: [], dhcp: false };

function machineWith(config: object) {
  const machine = fakeMachine({ '/etc/kit/network.json': JSON.stringify(config) });
  machine.links.push(fakeLink({ index: 1, name: 'lo', mac: '', loopback: true }), fakeLink({}));
  return machine;
}

test('without a file the network is left to services', async () => {
  expect(await setNetwork(fakeMachine())).toBe('left to services');
});

test('an interface is marked before all else, and up before it has routes', async () => {
  const machine = machineWith({
    interfaces: [
      {
        ...{ name: 'eth0', dhcp: false, mtu: 1400 },
        addresses: [{ address: '10.0.2.20', prefix: 24 }],
        routes: [{ destination: '0.0.0.0', prefix: 0, gateway: '10.0.2.2', metric: 0 }],
      },
    ],
    dns: { servers: ['10.0.2.3'], search: ['lan'] },
  });
  expect(await setNetwork(machine)).toBe('eth0 MTU 1400, 10.0.2.20/24, default via 10.0.2.2');
  expect(machine.did.filter((line) => !line.startsWith('module'))).toEqual([
    'link 2 {"alias":"kit: fixed"}',
    'link 2 {"mtu":1400}',
    'link 2 {"up":true}',
    'address 2 10.0.2.20/24',
    'route 2 0.0.0.0/0 10.0.2.2 0',
  ]);
  expect(machine.disk.get('/run/resolvconf/resolv.conf')).toBe('search lan\nnameserver 10.0.2.3\n');
  expect(machine.disk.get('/run/resolvconf/static.json')).toBe('{"servers":["10.0.2.3"],"search":["lan"]}');
});

test('by MAC address, and a VLAN on it', async () => {
  const machine = machineWith({
    interfaces: [
      { ...eth0, mac: '52:54:00:12:34:56' },
      { ...eth0, name: 'lan', dhcp: true, vlan: { id: 7, link: 'eth0' } },
    ],
    dns: { servers: [], search: [] },
  });
  expect(await setNetwork(machine)).toBe('eth0 up; lan DHCP');
  expect(machine.did).toContain('vlan {"name":"lan","id":7,"link":2}');
  expect(machine.did).toContain('link 3 {"alias":"kit: dhcp"}');
});

test('one that does not show up is told of in time, and the others are set', async () => {
  const machine = machineWith({
    interfaces: [
      { ...eth0, name: 'eth7' },
      { ...eth0, name: 'eth0' },
    ],
    dns: { servers: [], search: [] },
  });
  machine.now = -10_000;
  machine.kernel.uptimeMs = () => {
    machine.now += 5000;
    return machine.now;
  };
  expect(await setNetwork(machine)).toBe('eth0 up');
  expect(machine.shown).toEqual([
    'interface eth7 failed: there is no "eth7" after 10 s, but eth0 (52:54:00:12:34:56)',
  ]);
});

test('what the kernel refuses is told of, and the rest is set', async () => {
  const machine = machineWith({
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
  machine.failing.set('address 2 fd00::20/64', new Error('no IPv6'));
  expect(await setNetwork(machine)).toBe('eth0 10.0.2.20/24');
  expect(machine.shown).toEqual(['interface eth0: no IPv6']);
});

const works = (commands: string): boolean => spawnSync('unshare', ['-n', 'sh', '-c', commands]).status === 0;
const veth = 'ip link add v0 type veth peer name v1';
const able = isRoot && works(veth);
const vlans = able && works(`${veth} && ip link add link v0 name v0.7 type vlan id 7`);
const why = able && !vlans ? ' (but for VLANs, which this kernel has not)' : '';
const inNamespace = needs('root, for network namespaces, and ip(8) and veth', able);

test(`the kernel takes all of it${why}`, inNamespace, () => {
  const lan = {
    ...{ ...eth0, name: 'lan', vlan: { id: 7, link: 'v0' } },
    addresses: [{ address: '10.7.0.1', prefix: 32 }],
    // A gateway that no address of the interface says is there.
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
    import { realKernel } from ${JSON.stringify(`${import.meta.dirname}/../kernel.ts`)};
    import { setNetwork } from ${JSON.stringify(`${import.meta.dirname}/network.ts`)};
    const files = { ...realKernel.files, read: () => process.env.CONFIG, write() {} };
    const say = (text) => console.error(text);
    const machine = { kernel: { ...realKernel, files, ownsMachine: () => false }, console: { say, print: say }, ending: new AbortController().signal };
    console.log(await setNetwork(machine));`;
  const node = `"$NODE" --disable-warning=ExperimentalWarning --input-type=module -e "$CODE"`;
  const script = `${veth} && ip link set v1 up && ${node} && sleep 0.1 && ip -j -d addr && ip -j route && ip -j -6 route`;
  const env = { ...process.env, NODE: process.execPath, CODE: code, CONFIG: JSON.stringify(config) };
  const lines = execFileSync('unshare', ['-n', 'sh', '-c', script], { encoding: 'utf8', env }).split('\n');
  const [said, links, routes4, routes6] = [
    lines[0],
    ...lines
      .slice(1)
      .filter(Boolean)
      .map((line) => JSON.parse(line)),
  ];
  expect(said).toBe(
    'v0 MTU 1400, 10.0.2.20/24, fd00::20/64, default via 10.0.2.2, default via fe80::1, 10.1.0.0/16 via 10.0.2.3, 10.2.0.0/16' +
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
