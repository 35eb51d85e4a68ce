import { expect, test } from 'vitest';
import { type FakeContext, fakeContext, fakeLink } from '../../testing/fake-context.ts';
import { metadataNetworkAdopter } from './metadata-network.ts';

const allowed = { '/etc/kit/metadata-network': '' };
const file = '/run/config/network.json';
const nothing = { addresses: [], routes: [], dhcp: false };
const nowhere = { servers: [], search: [] };

function contextWith(network: unknown, files: Readonly<Record<string, string>> = allowed): FakeContext {
  const context = fakeContext({ ...files, [file]: JSON.stringify(network) });
  context.links.push(
    fakeLink({ index: 1, name: 'lo', mac: '', loopback: true }),
    fakeLink({}),
    fakeLink({ index: 3, name: 'eth1', mac: '52:54:00:12:34:57' }),
  );
  return context;
}

const calls = (context: FakeContext): string[] =>
  context.calls.filter((line) => /^(link|make|address|route)/.test(line));

test('nothing is taken where the manifest does not let metadata ask', async () => {
  const context = contextWith({ interfaces: [], dns: nowhere }, {});
  expect(await metadataNetworkAdopter(context)()).toEqual([]);
  expect(calls(context)).toEqual([]);
});

test('interfaces are found by MAC address and pattern, and a VLAN is made on one of them; each text counts once', async () => {
  const context = contextWith({
    interfaces: [
      {
        ...nothing,
        id: 'tap1',
        match: { mac: '52:54:00:12:34:57' },
        addresses: [{ address: '10.0.2.20', prefix: 24 }],
      },
      { ...nothing, id: 'rest', match: { name: 'eth?' }, dhcp: true },
      { ...nothing, id: 'lan', vlan: { id: 7, link: 'tap1' } },
    ],
    dns: { servers: ['10.0.2.3'], search: ['lan'] },
  });
  const adopt = metadataNetworkAdopter(context);
  expect(await adopt()).toEqual([
    'interface eth1 of the metadata: it has been configured before',
    'network of the metadata: eth1 10.0.2.20/24; eth0 DHCP; lan up',
  ]);
  expect(calls(context)).toEqual([
    'link 3 {"alias":"kit: fixed"}',
    'link 3 {"up":true}',
    'address 3 10.0.2.20/24',
    'link 2 {"alias":"kit: dhcp"}',
    'link 2 {"up":true}',
    'make {"name":"lan","kind":"vlan","id":7,"link":3}',
    'link 4 {"alias":"kit: fixed"}',
    'link 4 {"up":true}',
  ]);
  expect(context.disk.get('/run/resolvconf/resolv.conf')).toBe('search lan\nnameserver 10.0.2.3\n');
  expect(await adopt()).toEqual([]);
});

test("the manifest's interfaces stay as they are, and its name servers come first", async () => {
  const manifest = {
    interfaces: [
      { ...nothing, name: 'eth0' },
      { ...nothing, mac: '52:54:00:12:34:57' },
    ],
    dns: { servers: ['10.9.9.9'], search: [] },
  };
  const context = contextWith(
    {
      interfaces: [{ ...nothing, id: 'all', match: { name: '*' }, dhcp: true }],
      dns: { servers: ['10.0.2.3'], search: [] },
    },
    { ...allowed, '/etc/kit/network.json': JSON.stringify(manifest) },
  );
  expect(await metadataNetworkAdopter(context)()).toEqual([
    'interface eth0 of the metadata: it has been configured before',
    'interface eth1 of the metadata: it has been configured before',
    'network of the metadata: nothing was set',
  ]);
  expect(calls(context)).toEqual([]);
  expect(context.disk.get('/run/resolvconf/static.json')).toBe(
    '{"servers":["10.9.9.9","10.0.2.3"],"search":[]}',
  );
});

test('an interface that is not there is named, with those that are', async () => {
  const context = contextWith({
    interfaces: [
      { ...nothing, id: 'ens3', match: { name: 'ens3' } },
      { ...nothing, id: 'v', vlan: { id: 7, link: 'ens3' } },
    ],
    dns: nowhere,
  });
  expect(await metadataNetworkAdopter(context)()).toEqual([
    'interface "ens3" of the metadata: no "ens3", only eth0 (52:54:00:12:34:56), eth1 (52:54:00:12:34:57)',
    'interface "v" of the metadata: no "that of ens3", only eth0 (52:54:00:12:34:56), eth1 (52:54:00:12:34:57)',
    'network of the metadata: nothing was set',
  ]);
});

test('what the metadata program does not write is refused whole', async () => {
  const context = contextWith({
    interfaces: [{ ...nothing, id: 'eth0', match: { name: '../eth0' } }],
    dns: nowhere,
  });
  expect(await metadataNetworkAdopter(context)()).toEqual([
    'Cannot use the network in "/run/config/network.json": a text of another form',
  ]);
  expect(calls(context)).toEqual([]);
});
