import { expect, test } from 'vitest';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { isManaged } from './managed.ts';

const nic: Link = {
  index: 2,
  name: 'ens3',
  mac: '52:54:00:12:34:56',
  type: 1,
  up: false,
  loopback: false,
  carrier: false,
  carrierChanges: 0,
  mtu: 1500,
  kind: '',
  master: 0,
  alias: '',
};

test.each<[string, Partial<Link>, string[], boolean]>([
  ['a network card of any name', {}, [], true],
  ['loopback', { name: 'lo', type: 772, loopback: true }, [], false],
  ['a tunnel', { name: 'tun0', type: 65534, kind: 'tun' }, [], false],
  ['the bridge of a container engine', { name: 'docker0', kind: 'bridge' }, [], false],
  ['the eth0 of a container', { name: 'eth0', kind: 'veth' }, [], true],
  ['the port of a bridge', { master: 3 }, [], false],
  ['a bridge that matches a pattern', { name: 'br0', kind: 'bridge' }, ['br*'], true],
  ['a network card that matches no pattern', {}, ['eth*', 'br?'], false],
  ['an interface with fixed addresses', { alias: 'kit: fixed' }, [], false],
  ['an interface with fixed addresses that matches a pattern', { alias: 'kit: fixed' }, ['ens*'], false],
  ['a VLAN with `dhcp` in the manifest', { name: 'lan', kind: 'vlan', alias: 'kit: dhcp' }, [], true],
  ['a name with a dot, which a pattern takes literally', { name: 'eth0.7' }, ['eth0x7'], false],
])('isManaged: %s', (_case, link, patterns, managed) =>
  expect(isManaged({ ...nic, ...link }, patterns)).toBe(managed),
);
