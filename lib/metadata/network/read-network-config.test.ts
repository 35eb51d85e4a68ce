import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type MetadataNetwork, parseMetadataNetwork } from '../../bundle/metadata-network.ts';
import type { RouteConfig } from '../../bundle/network.ts';
import { planFiles } from '../plan.ts';
import { type NetworkRequest, readNetworkConfig } from './read-network-config.ts';
import { documents } from './testdata/documents.ts';

const read = (
  text: string,
  form: 'network-config' | 'network_data.json' = 'network-config',
): NetworkRequest => readNetworkConfig({ form, content: Buffer.from(text) });

function shown({ interfaces, dns }: MetadataNetwork): string[] {
  const lines = interfaces.map(({ id, match, vlan, addresses, routes, dhcp, mtu }) => {
    const name = match?.mac ?? match?.name ?? `${id}, VLAN ${vlan?.id} on ${vlan?.link}`;
    const all = [
      ...(dhcp ? ['DHCP'] : []),
      ...addresses.map(({ address, prefix }) => `${address}/${prefix}`),
      ...routes.map(routeText),
      ...(mtu === undefined ? [] : [`MTU ${mtu}`]),
    ];
    return `${name}: ${all.join(', ')}`;
  });
  return [
    ...lines,
    ...(dns.servers.length > 0 ? [`name servers: ${dns.servers.join(', ')}`] : []),
    ...(dns.search.length > 0 ? [`search: ${dns.search.join(', ')}`] : []),
  ];
}

const routeText = ({ destination, prefix, gateway, metric }: RouteConfig): string =>
  `${prefix === 0 ? 'default' : `${destination}/${prefix}`} via ${gateway}${metric > 0 ? ` metric ${metric}` : ''}`;

describe('documents of the shapes that tools write', () => {
  test.each(Object.entries(documents))('%s', (_name, { text, form, asks, notes = [], problems = [] }) => {
    const request = read(text, form);
    expect(request.network && shown(request.network)).toEqual(asks);
    expect([request.notes, request.problems]).toEqual([notes, problems]);
  });
});

describe('mistakes', () => {
  const v2 = (settings: string): string => `version: 2\nethernets:\n  eth0: ${settings}\n`;
  const v1 = (entry: string): string => `version: 1\nconfig:\n- ${entry}\n`;
  test.each([
    [
      v2('{addresses: [10.0.0.5]}'),
      '"10.0.0.5" is no address of "eth0" with its prefix length (line 3 of network-config)',
    ],
    [v2('{addresses: [10.0.0.5/33]}'), '"10.0.0.5/33" is no address of'],
    [v2('{addresses: [224.0.0.1/24]}'), '"224.0.0.1/24" is no address of'],
    [v2('{addresses: ["ff02::1/64"]}'), '"ff02::1/64" is no address of'],
    [v2('{gateway4: gw}'), 'a route of "eth0": "gw" is no address (line 3'],
    [v2('{routes: [{to: 10.0.0.0/8, via: "fd00::1"}]}'), 'one is IPv4, the other IPv6'],
    [v2('{routes: [{to: default}]}'), 'the default route needs a gateway'],
    [v2('{routes: [{to: here, via: 10.0.0.1}]}'), '"here" is no network'],
    [v2('{routes: [{to: 10.0.0.0/8, via: 10.0.0.1, metric: -1}]}'), '"-1" is no metric'],
    [v2('{nameservers: {addresses: [dns.example]}}'), '"dns.example" is no address of a name server'],
    [v2('{nameservers: {search: ["a b"]}}'), '"a b" is no search domain'],
    [v2('{mtu: big}'), '"big" is no MTU'],
    [v2('{match: {macaddress: x}}'), 'the interface "eth0": "x" is no MAC address'],
    [v2('{match: {driver: virtio_net}}'), 'the interface "eth0": nothing says which one it is'],
    ['version: 2\nethernets: {a b: {}}', 'the interface "a b": "a b" is no name of an interface'],
    ['version: 2\nvlans: {v: {id: 5, link: eth0}}', 'the VLAN "v" is on "eth0", which is not in it'],
    ['version: 2\nvlans: {v: {id: 5000, link: eth0}}', 'the VLAN "v" needs a name of 15 characters'],
    [
      'version: 2\nvlans: {a: {id: 5, link: b}, b: {id: 6, link: a}}',
      'the VLAN "a" is on "b", which is not in it',
    ],
    ['version: 3', 'its "version" is neither 1 nor 2 (line 1 of network-config)'],
    ['version: 1\nconfig: {}', '"config" is no list'],
    [v1('{name: eth0}'), 'an entry of "config" has no "type" (line 3 of network-config)'],
    [v1('{type: physical, name: eth0, subnets: [{type: static}]}'), 'a subnet of "eth0" has no address'],
    [v1('{type: physical, name: eth0, subnets: [{type: magic}]}'), 'has the type "magic"'],
    [
      v1('{type: physical, name: eth0, subnets: [{type: static, address: 10.0.0.1, netmask: 255.0.255.0}]}'),
      'is no address',
    ],
    [v1('{type: vlan, name: v, vlan_id: 5}'), 'a "vlan_link"'],
    ['- a', 'expected keys and values'],
    ['a: [', 'Cannot read network-config: '],
  ])('%j', (text, problem) => {
    expect(read(text).problems.join('\n')).toContain(problem);
  });

  test('in one part leave the others', () => {
    const { network, problems } = read(
      'version: 2\nethernets:\n  a: {addresses: [x]}\n  b: {addresses: [10.0.0.1/8]}\n',
    );
    expect(network?.interfaces.map(({ addresses }) => addresses.length)).toEqual([0, 1]);
    expect(problems).toHaveLength(1);
  });

  test('two interfaces of one name, and too many', () => {
    const twice = read('version: 1\nconfig:\n- {type: physical, name: a}\n- {type: physical, name: a}\n');
    expect(twice.problems).toEqual(['Cannot read network-config: two interfaces are called "a"']);
    const many = Array.from({ length: 65 }, (_, at) => `- {type: physical, name: e${at}}`).join('\n');
    expect(read(`version: 1\nconfig:\n${many}\n`)).toMatchObject({
      network: undefined,
      problems: ['Cannot use the network in "/run/config/network.json": no list of at most 64'],
    });
  });

  test('of network_data.json', () => {
    const text = JSON.stringify({
      links: [
        { id: 'a', type: 'phy' },
        { id: 'b', type: 'bond' },
      ],
      networks: [{ link: 'b', type: 'ipv4' }],
    });
    expect(read(text, 'network_data.json')).toMatchObject({
      problems: [
        expect.stringContaining('the interface "a": nothing says which one it is'),
        expect.stringContaining('a network is on "b", which is not in it'),
      ],
      notes: [expect.stringContaining('the bond "b"')],
    });
  });
});

describe('the plan', () => {
  const planned = (text: string, network: boolean) =>
    planFiles(
      'X',
      { userdata: undefined, sshKeys: [], network: { form: 'network-config', content: Buffer.from(text) } },
      { network },
    );
  const fixed = 'version: 2\nethernets: {eth0: {addresses: [10.0.0.5/24]}}\n';

  test('has a file for init where the manifest lets metadata ask', () => {
    const made = planned(fixed, true);
    expect(made.files.map(({ path, mode }) => [path, mode])).toEqual([
      ['provider', 0o644],
      ['network.json', 0o600],
    ]);
    expect(parseMetadataNetwork(made.files[1]?.content.toString() ?? '')).toEqual({
      interfaces: [
        {
          ...{ id: 'eth0', match: { name: 'eth0' }, routes: [], dhcp: false },
          addresses: [{ address: '10.0.0.5', prefix: 24 }],
        },
      ],
      dns: { servers: [], search: [] },
    });
  });

  test('names what the manifest does not let it ask', () => {
    const { files, notes, problems } = planned(fixed, false);
    expect([files.length, problems]).toEqual([1, []]);
    expect(notes).toEqual([
      'not obeyed: network-config: the manifest and DHCP give the machine its addresses; ' +
        '`network: {metadata: true}` in the manifest lets metadata do it',
    ]);
  });

  test.each(['', '{}', '  \n', 'version: 2\nethernets: {eth0: {dhcp4: true}}'])(
    '%j asks for nothing',
    (text) => {
      expect(planned(text, false)).toMatchObject({ files: [{}], notes: [], problems: [] });
    },
  );
});

test('property: what is made of any document is what init takes', () => {
  const word = fc.constantFrom(
    ...[
      'version: 2\n',
      'version: 1\n',
      'config:\n',
      '- type: physical\n  name: a\n  subnets:\n',
      '  - type: static\n',
    ],
    ...[
      '    address: 10.0.0.1/8\n',
      'ethernets:\n',
      'vlans:\n',
      '  a: {dhcp4: true}\n',
      '  b: {id: 3, link: a}\n',
    ],
    ...[
      '  "__proto__": {mtu: 70}\n',
      '  c: {addresses: ["fd00::1/64"], routes: [{to: "::/0", via: "fe80::1"}]}\n',
    ],
  );
  fc.assert(
    fc.property(fc.array(fc.oneof({ weight: 5, arbitrary: word }, fc.string({ maxLength: 6 }))), (words) => {
      const { network } = read(words.join(''));
      if (network) expect(parseMetadataNetwork(JSON.stringify(network))).toEqual(network);
    }),
    { numRuns: 500 },
  );
});
