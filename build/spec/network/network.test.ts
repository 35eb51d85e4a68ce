import { describe, expect, test } from 'vitest';
import { KitErrors } from '../../../lib/errors/errors.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { networkConfig } from './network.ts';

const configOf = (...texts: string[]) =>
  networkConfig(texts.flatMap((text, at) => parseManifest(text, `${at}.yml`, '/').network));

const interfaceOf = (yaml: string) => configOf(`network: {interfaces: [${yaml}]}`)?.interfaces[0];
const none = { addresses: [], routes: [], dhcp: false };

test.each<[string, object]>([
  ['{name: eth0}', { ...none, name: 'eth0' }],
  ['{mac: "52:54:00:AB:CD:EF", dhcp: true}', { ...none, mac: '52:54:00:ab:cd:ef', dhcp: true }],
  [
    '{name: eth0, addresses: [10.0.2.20/24, "FD00::20/64"], gateway: 10.0.2.2, mtu: 1400}',
    {
      ...none,
      name: 'eth0',
      addresses: [
        { address: '10.0.2.20', prefix: 24 },
        { address: 'fd00::20', prefix: 64 },
      ],
      routes: [{ destination: '0.0.0.0', prefix: 0, gateway: '10.0.2.2', metric: 0 }],
      mtu: 1400,
    },
  ],
  [
    '{name: a, dhcp: true, routes: [{to: default, via: "fe80::1", metric: 5}, {to: 10.1.0.0/16, via: ' +
      '10.0.0.1}, {to: "fd01::/48"}]}',
    {
      ...none,
      name: 'a',
      dhcp: true,
      routes: [
        { destination: '::', prefix: 0, gateway: 'fe80::1', metric: 5 },
        { destination: '10.1.0.0', prefix: 16, gateway: '10.0.0.1', metric: 0 },
        { destination: 'fd01::', prefix: 48, metric: 0 },
      ],
    },
  ],
  ['{name: lan, vlan: {id: 7, link: eth0}}', { ...none, name: 'lan', vlan: { id: 7, link: 'eth0' } }],
])('%s', (yaml, config) => {
  expect(interfaceOf(yaml)).toEqual(config);
});

test('no network, and empty ones', () => {
  expect(configOf('services: []')).toBeUndefined();
  expect(configOf('network: {}')).toEqual({ interfaces: [], dns: { servers: [], search: [] } });
});

test('interfaces of several manifests are concatenated; a VLAN comes after its link', () => {
  const vlans =
    'network: {interfaces: [{name: b, vlan: {id: 2, link: a}}, {name: a, vlan: {id: 1, link: eth0}}], ' +
    'dns: {servers: [1.1.1.1]}}';
  const base = 'network: {interfaces: [{name: eth0}], dns: {servers: ["fd00::3"], search: [lan]}}';
  const config = configOf(vlans, base);
  expect(config?.interfaces.map(({ name }) => name)).toEqual(['eth0', 'a', 'b']);
  expect(config?.dns).toEqual({ servers: ['1.1.1.1', 'fd00::3'], search: ['lan'] });
});

test('what an interface is made of comes before it', () => {
  const config = configOf(
    'network: {interfaces: [{name: lan, vlan: {id: 7, link: br0}}, {name: br0, bridge: {members: [bond0]}}, ' +
      '{name: bond0, bond: {members: [eth0, eth1], primary: eth1}}, {name: eth1, mtu: 9000}]}',
  );
  expect(config?.interfaces.map(({ name }) => name)).toEqual(['eth1', 'bond0', 'br0', 'lan']);
  expect(config?.interfaces[1]?.bond).toEqual({
    ...{ members: ['eth0', 'eth1'], mode: 'active-backup', miimon: 100, primary: 'eth1' },
  });
  expect(config?.interfaces[2]?.bridge).toEqual({ members: ['bond0'], stp: false });
});

const key = 'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=';

test('a WireGuard tunnel names files of keys, and has none', () => {
  const config = interfaceOf(
    '{name: wg0, addresses: [10.9.0.1/24], routes: [{to: "fd09::/64"}], wireguard: {privateKey: {metadata: ' +
      `wg/key}, listenPort: 51820, peers: [{publicKey: "${key}", presharedKey: {file: /etc/psk}, endpoint: ` +
      '"[2001:DB8::1]:51820", allowedIps: [10.9.0.0/24, "::/0"], keepalive: 25}]}}',
  );
  expect(config?.wireguard).toEqual({
    privateKey: { path: '/run/config/wg/key', metadata: true },
    listenPort: 51820,
    peers: [
      {
        publicKey: key,
        presharedKey: { path: '/etc/psk', metadata: false },
        endpoint: { address: '2001:db8::1', port: 51820 },
        allowedIps: [
          { address: '10.9.0.0', prefix: 24 },
          { address: '::', prefix: 0 },
        ],
        keepalive: 25,
      },
    ],
  });
});

test('routes of tables, and rules for each address family that they match', () => {
  const config = configOf(
    'network: {interfaces: [{name: a, dhcp: true, routes: [{to: default, via: 10.0.3.1, table: 100, src: ' +
      '10.0.3.5, onlink: false}, {to: 10.1.0.0/16, table: main}]}], rules: [{from: 10.0.3.0/24, table: 100, ' +
      'priority: 10}, {fwmark: 7, mask: 15, iif: a, table: local, priority: 20}]}',
  );
  expect(config?.interfaces[0]?.routes).toEqual([
    {
      ...{ destination: '0.0.0.0', prefix: 0, gateway: '10.0.3.1', metric: 0, table: 100 },
      ...{ source: '10.0.3.5', onlink: false },
    },
    { destination: '10.1.0.0', prefix: 16, metric: 0, table: 254 },
  ]);
  const marked = { fwmark: { mark: 7, mask: 15 }, iif: 'a', table: 255, priority: 20 };
  expect(config?.rules).toEqual([
    { family: 4, from: { address: '10.0.3.0', prefix: 24 }, table: 100, priority: 10 },
    { family: 4, ...marked },
    { family: 6, ...marked },
  ]);
});

test('IPv6 settings, with the defaults filled in', () => {
  expect(interfaceOf('{name: a, ipv6: {}}')?.ipv6).toEqual({ dhcp: 'auto' });
  expect(interfaceOf('{name: a, ipv6: {acceptRa: true, slaac: false, dhcp: stateful}}')?.ipv6).toEqual({
    ...{ acceptRa: true, slaac: false, dhcp: 'stateful' },
  });
  expect(interfaceOf('{name: a, ipv6: {delegate: {to: [b]}}}, {name: b}')?.ipv6).toEqual({
    dhcp: 'auto',
    delegate: { to: ['b'], length: 56 },
  });
});

describe('invalid values', () => {
  const errorsOf = (...texts: string[]): string[] => {
    try {
      configOf(...texts);
      return [];
    } catch (thrown) {
      if (!(thrown instanceof KitErrors)) throw thrown;
      return thrown.errors.map(({ message, place }) => {
        const marked = place?.text?.slice(place.column - 1).match(/^[^,\]}]+/)?.[0];
        return `${place?.file} ${marked}: ${message}`;
      });
    }
  };
  test.each<[string, string]>([
    ['{name: a, addresses: [10.0.0.300/24]}', '10.0.0.300/24: "10.0.0.300" is not an IPv4 or IPv6 address'],
    ['{name: a, addresses: [10.0.0.3/33]}', '10.0.0.3/33: the prefix length must be at most 32, not 33'],
    ['{name: a, addresses: [127.0.0.1/8]}', '127.0.0.1/8: "127.0.0.1" cannot be the address of an interface'],
    ['{name: a, addresses: ["ff02::1/64"]}', '"ff02::1/64": "ff02::1" cannot be the address of an interface'],
    ['{name: a, gateway: 10.0.0.1}', '{name: a: the interface has routes but no address'],
    [
      '{name: a, dhcp: true, routes: [{to: 10.1.2.0/16}]}',
      '10.1.2.0/16: "10.1.2.0/16" is not a network: the bits after the prefix must be 0',
    ],
    ['{name: a, dhcp: true, routes: [{to: default}]}', '{to: default: the default route needs "via"'],
    [
      '{name: a, dhcp: true, routes: [{to: 10.0.0.0/8, via: "fd00::1"}]}',
      '"fd00::1": "fd00::1" cannot be the gateway to "10.0.0.0/8": one is IPv4, the other IPv6',
    ],
    ['{mac: "52:54:00:12:34:56", vlan: {id: 1, link: a}}', '{id: 1: a VLAN needs a "name"'],
    ['{name: a, vlan: {id: 1, link: a}}', 'a: VLAN "a" cannot be its own link'],
    [
      '{name: a, vlan: {id: 1, link: b}}, {name: b, bridge: {members: [c]}}, {name: c, vlan: {id: 2, link: a}}',
      '{name: a: interfaces cannot be made of each other: "a" is made of "b" is made of "c" is made of "a"',
    ],
    [
      '{name: a, bond: {members: [x, y]}}, {name: b, bridge: {members: [z, y]}}',
      'y: "y" is already a member of "a"',
    ],
    ['{name: a, bond: {members: [x, x]}}', 'x: "x" is already a member of "a"'],
    [
      '{name: a, bridge: {members: [b]}}, {name: b, dhcp: true}',
      'b: "b" cannot be a member of the bridge: its addresses, routes, `dhcp` and `ipv6` belong to the bridge',
    ],
    [
      '{name: a, bridge: {members: [b]}}, {name: b, bridge: {members: []}}',
      'b: "b" cannot be a member of the bridge: it is a bridge itself',
    ],
    ['{name: a, bond: {members: []}}', '[: a bond needs members'],
    [
      '{name: a, bond: {members: [b], lacpRate: fast}}',
      'fast: a bond in mode "active-backup" sends no LACPDUs',
    ],
    ['{name: a, bond: {members: [b], primary: c}}', 'c: "c" is not a member of the bond'],
    [
      '{name: a, bond: {members: [b], mode: 802.3ad, primary: b}}',
      'b: a bond in mode "802.3ad" has no primary member',
    ],
    [
      '{name: a, vlan: {id: 1, link: b}, bridge: {members: []}}',
      '{members: [: an interface cannot be both a vlan and a bridge',
    ],
    ['{name: a, dhcp: true, ipv6: {delegate: {to: [b]}}}', 'b: unknown interface "b"'],
    [
      '{name: a, dhcp: true, ipv6: {dhcp: off, delegate: {to: [a]}}}',
      '{to: [a: a prefix is asked for by DHCPv6, which is "off"',
    ],
    [
      '{name: a, dhcp: true, routes: [{to: 10.0.0.0/8, src: "fd00::1"}]}',
      '"fd00::1": "fd00::1" is not of the address family of "10.0.0.0/8"',
    ],
    ['{name: a}, {name: a}', '{name: a: interface "a" is already used by another item'],
    [
      '{name: a, addresses: [10.0.0.1/8]}, {name: b, addresses: [10.0.0.1/24]}',
      '10.0.0.1/24: address "10.0.0.1" is already used by interface "a"',
    ],
  ])('%s', (yaml, message) => {
    expect(errorsOf(`network: {interfaces: [${yaml}]}`)).toEqual([`0.yml ${message}`]);
  });

  const wireguard = (peer: string): string =>
    `network: {interfaces: [{name: w, wireguard: {privateKey: {file: /k}, peers: [{publicKey: "${key}", ${peer}}]}}]}`;
  test.each([
    [
      'allowedIps: [10.9.0.1/24]',
      '10.9.0.1/24: "10.9.0.1/24" is not a network: the bits after the prefix must be 0',
    ],
    ['allowedIps: [], endpoint: "1.2.3.4:0"', '"1.2.3.4:0": the port must be from 1 to 65535, not 0'],
    [
      `allowedIps: []}, {publicKey: "${key}", allowedIps: []`,
      `"${key}": peers[0] has this public key already`,
    ],
  ])('of WireGuard: %s', (peer, message) => {
    expect(errorsOf(wireguard(peer))).toEqual([`0.yml ${message}`]);
  });

  test.each([
    ['{from: 10.0.0.0/8, to: "fd00::/8", table: 1, priority: 1}', 'one is IPv4, the other IPv6'],
    ['{mask: 1, table: 1, priority: 1}', '"mask" needs "fwmark"'],
    ['{from: 10.0.0.1/8, table: 1, priority: 1}', 'is not a network'],
  ])('of rules: %s', (rule, message) => {
    expect(errorsOf(`network: {rules: [${rule}]}`)).toEqual([expect.stringContaining(message)]);
  });

  test('are all reported together, for all manifests', () => {
    expect(
      errorsOf(
        'network: {interfaces: [{name: a, addresses: [1.2.3.4.5/8, 1.2.3.4/99]}]}',
        'network: {dns: {servers: [1.2.3]}}',
      ),
    ).toEqual([
      '0.yml 1.2.3.4.5/8: "1.2.3.4.5" is not an IPv4 or IPv6 address',
      '0.yml 1.2.3.4/99: the prefix length must be at most 32, not 99',
      '1.yml 1.2.3: "1.2.3" is not an IPv4 or IPv6 address',
    ]);
  });
});
