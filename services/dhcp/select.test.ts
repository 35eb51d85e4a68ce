import { expect, test } from 'vitest';
import type { Link } from '../../lib/linux/netlink/rtnetlink-link.ts';
import { readArguments } from './arguments.ts';
import { isOurs } from './select.ts';

const nic: Link = {
  index: 2,
  name: 'ens3',
  mac: '52:54:00:12:34:56',
  type: 1,
  up: false,
  loopback: false,
  carrier: false,
  mtu: 1500,
  kind: '',
  master: 0,
  alias: '',
};

test.each<[string, Partial<Link>, string[], boolean]>([
  ['hardware of any name', {}, [], true],
  ['loopback', { name: 'lo', type: 772, loopback: true }, [], false],
  ['a tunnel', { name: 'tun0', type: 65534, kind: 'tun' }, [], false],
  ['the bridge of a container engine', { name: 'docker0', kind: 'bridge' }, [], false],
  ['the eth0 of a container', { name: 'eth0', kind: 'veth' }, [], true],
  ['the port of a bridge', { master: 3 }, [], false],
  ['what a pattern names', { name: 'br0', kind: 'bridge' }, ['br*'], true],
  ['hardware that no pattern names', {}, ['eth*', 'br?'], false],
  ['what has fixed addresses', { alias: 'kit: fixed' }, [], false],
  ['what has them, though a pattern names it', { alias: 'kit: fixed' }, ['ens*'], false],
  ['a VLAN that the manifest wants leased', { name: 'lan', kind: 'vlan', alias: 'kit: dhcp' }, [], true],
  ['a name with a dot', { name: 'eth0.7' }, ['eth0x7'], false],
])('%s', (_what, link, patterns, ours) => expect(isOurs({ ...nic, ...link }, patterns)).toBe(ours));

test('arguments', () => {
  const args = ['--interface', 'eth*', '--interface=ens?', '--once', '--timeout', '2.5'];
  expect(readArguments(args)).toMatchObject({ patterns: ['eth*', 'ens?'], once: true, timeoutMs: 2500 });
  expect(readArguments([])).toMatchObject({ patterns: [], once: false, folder: '/run/dhcp' });
});

test.each([[['--timeout', 'soon']], [['--timeout', '0']], [['--fast']], [['eth0']]])('refuses %j', (args) => {
  expect(() => readArguments(args)).toThrow(/^Cannot /);
});
