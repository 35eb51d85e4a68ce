import { describe, expect, test } from 'vitest';
import { parseMetadataNetwork } from './metadata-network.ts';

const eth0 = { id: 'eth0', match: { name: 'eth*' }, addresses: [], routes: [], dhcp: true };
const parse = (interfaces: unknown, dns: unknown = { servers: [], search: [] }): unknown =>
  parseMetadataNetwork(JSON.stringify({ interfaces, dns }));

test('takes what the metadata program writes, and nothing beside it', () => {
  const vlan = {
    id: 'v',
    vlan: { id: 7, link: 'eth0' },
    addresses: [{ address: 'fd00::1', prefix: 64 }],
    routes: [],
    dhcp: false,
  };
  const route = { destination: '10.0.0.0', prefix: 8, gateway: '10.0.2.2', metric: 0 };
  const dns = { servers: ['10.0.2.3'], search: ['lan'] };
  const all = { interfaces: [eth0, { ...vlan, routes: [route], mtu: 1400 }], dns };
  expect(parse(all.interfaces, dns)).toEqual(all);
  expect(parse([{ ...eth0, wireguard: { privateKey: '/etc/shadow' } }])).toEqual({
    ...{ interfaces: [eth0], dns: { servers: [], search: [] } },
  });
});

describe('refuses', () => {
  test.each([
    ['no list', {}],
    ['an interface that is a text', ['eth0']],
    ['one that is neither there nor made', [{ ...eth0, match: undefined }]],
    ['one that is both', [{ ...eth0, vlan: { id: 1, link: 'eth0' } }]],
    ['a name that leads elsewhere', [{ ...eth0, match: { name: '../all' } }]],
    ['a MAC address in capitals', [{ ...eth0, match: { mac: 'AA:BB:CC:DD:EE:FF' } }]],
    ['a match of nothing', [{ ...eth0, match: {} }]],
    ['a VLAN on nothing', [{ id: 'v', vlan: { id: 7, link: 'x' }, addresses: [], routes: [], dhcp: false }]],
    [
      'a VLAN of a name with a slash',
      [eth0, { ...eth0, match: undefined, id: 'a/b', vlan: { id: 7, link: 'eth0' } }],
    ],
    ['an address that is none', [{ ...eth0, addresses: [{ address: '10.0.0.256', prefix: 8 }] }]],
    ['a prefix that is too long', [{ ...eth0, addresses: [{ address: '10.0.0.2', prefix: 33 }] }]],
    [
      'a gateway of another family',
      [{ ...eth0, routes: [{ destination: '::', prefix: 0, gateway: '10.0.0.1', metric: 0 }] }],
    ],
    ['a metric that is no number', [{ ...eth0, routes: [{ destination: '::', prefix: 0, metric: '0' }] }]],
    ['an MTU of a page', [{ ...eth0, mtu: 1e9 }]],
    ['too many interfaces', Array.from({ length: 65 }, () => eth0)],
    [
      'too many addresses',
      [{ ...eth0, addresses: Array.from({ length: 129 }, () => ({ address: '10.0.0.2', prefix: 8 })) }],
    ],
  ])('%s', (_what, interfaces) => {
    expect(() => parse(interfaces)).toThrow('Cannot use the network in "/run/config/network.json": ');
  });

  test('what is no JSON, too long, or has name servers that are none', () => {
    expect(() => parseMetadataNetwork('{')).toThrow('no JSON');
    expect(() => parseMetadataNetwork(' '.repeat(300_000))).toThrow('too long');
    expect(() => parse([], { servers: ['a\nb'], search: [] })).toThrow('a text of another form');
    expect(() => parse([], { servers: [], search: ['a\nnameserver 1.1.1.1'] })).toThrow(
      'a text of another form',
    );
  });
});
