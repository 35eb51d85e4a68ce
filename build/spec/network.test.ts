import { describe, expect, test } from 'vitest';
import { KitErrors } from '../../lib/errors/errors.ts';
import { parseManifest } from '../manifest/parse.ts';
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

test('VLANs that link to each other do not cause an endless loop', () => {
  const circle =
    'network: {interfaces: [{name: a, vlan: {id: 1, link: b}}, {name: b, vlan: {id: 1, link: a}}]}';
  expect(configOf(circle)?.interfaces).toHaveLength(2);
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
    ['{name: a}, {name: a}', '{name: a: interface "a" is already used by another item'],
    [
      '{name: a, addresses: [10.0.0.1/8]}, {name: b, addresses: [10.0.0.1/24]}',
      '10.0.0.1/24: address "10.0.0.1" is already used by interface "a"',
    ],
  ])('%s', (yaml, message) => {
    expect(errorsOf(`network: {interfaces: [${yaml}]}`)).toEqual([`0.yml ${message}`]);
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
