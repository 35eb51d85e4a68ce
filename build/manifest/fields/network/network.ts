import { boolean, type Fields, integer, list, record, stringLike } from '../../kinds.ts';
import {
  address,
  bondKind,
  bridgeKind,
  cidr,
  interfaceName,
  ipv6Kind,
  network,
  ruleKind,
  table,
  wireguardKind,
} from './network-kinds.ts';

/** `network:`, which init applies before the first container runs. */

const linuxkit = 'Not supported.';

const domain = stringLike(/^[A-Za-z0-9_.-]{1,253}$/, 'a domain such as "example.org"');

const route = record({
  to: {
    kind: network,
    help: 'Destination: a network, or `default`.',
    required: true,
    example: '10.1.0.0/16',
  },
  via: {
    kind: address,
    help: 'The gateway.',
    default: 'none: the destination is on the link',
    example: '10.0.2.3',
  },
  metric: {
    kind: integer(0, 4294967295),
    help: 'Priority among routes to the same destination; the lowest wins.',
    default: '`0`',
    example: 50,
  },
  table: {
    kind: table,
    help: 'The routing table, which `rules` choose.',
    default: '`main`',
    example: 100,
  },
  src: {
    kind: address,
    help: 'The address that packets are sent from.',
    default: 'the kernel chooses',
    example: '10.0.2.20',
  },
  onlink: {
    kind: boolean,
    help: 'Whether the gateway may be outside the networks of the interface, as clouds with /32 addresses need.',
    default: '`true`',
    example: false,
  },
});

const vlan = record({
  id: { kind: integer(1, 4094), help: 'VLAN id.', required: true, example: 7 },
  link: {
    kind: interfaceName,
    help: 'The interface that carries the VLAN.',
    required: true,
    example: 'eth0',
  },
});

const interfaceFields = {
  name: { kind: interfaceName, help: 'Name of the interface.', example: 'eth0' },
  mac: {
    kind: stringLike(/^[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}$/, 'a MAC address such as "52:54:00:12:34:56"'),
    help: 'Selects the interface by its MAC address instead of its name.',
    example: '52:54:00:12:34:56',
  },
  addresses: {
    kind: list(cidr),
    help: 'IPv4 and IPv6 addresses, each with its prefix length.',
    example: ['10.0.2.20/24', 'fd00::20/64'],
  },
  gateway: {
    kind: address,
    help: 'Gateway of the default route. That of the other address family goes into `routes`.',
    example: '10.0.2.2',
  },
  routes: { kind: list(route), help: 'Further routes.', example: [{ to: '10.1.0.0/16', via: '10.0.2.3' }] },
  dhcp: {
    kind: boolean,
    help:
      'Lets the DHCP service configure the interface, in addition to `addresses`. ' +
      'Interfaces that are not listed here are configured by DHCP anyway.',
    default: '`false`',
    example: true,
  },
  mtu: {
    kind: integer(68, 65535),
    help: 'Maximum transmission unit in bytes.',
    default: 'that of the driver',
    example: 9000,
  },
  vlan: {
    kind: vlan,
    help: 'Creates the interface `name` as a VLAN on another interface.',
    example: { id: 7, link: 'eth0' },
  },
  bond: {
    kind: bondKind,
    help: 'Creates the interface `name` of several others that carry the same network.',
    example: { mode: 'active-backup', members: ['eth0', 'eth1'], primary: 'eth0' },
  },
  bridge: {
    kind: bridgeKind,
    help: 'Creates the interface `name` as a switch, whose ports are other interfaces.',
    example: { members: ['eth0'], stp: true },
  },
  wireguard: {
    kind: wireguardKind,
    help:
      'Creates the interface `name` as a WireGuard tunnel. Destinations that are reached through it need ' +
      '`routes` (docs/network.md).',
    example: {
      privateKey: { file: '/etc/wireguard/wg0.key' },
      peers: [{ publicKey: 'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=', allowedIps: ['10.9.0.0/24'] }],
    },
  },
  ipv6: {
    kind: ipv6Kind,
    help: 'What routers and DHCPv6 servers may configure.',
    default: 'the kernel makes addresses of advertised prefixes; DHCPv6 as routers say, where `dhcp` is on',
    example: { slaac: false, dhcp: 'stateful' },
  },
} as const satisfies Fields;

export const networkFields = {
  interfaces: {
    kind: list(record(interfaceFields, { exactlyOneOf: ['name', 'mac'] })),
    help:
      'Interfaces with static addresses, bonds, bridges, VLANs and tunnels. Those that others are made of are ' +
      'set up first.',
    merge: 'the lists of all manifests are concatenated',
    linuxkit,
  },
  rules: {
    kind: list(ruleKind),
    help: 'Policy rules: which routing table counts for which packets (ip-rule(8)).',
    merge: 'the lists of all manifests are concatenated',
    example: [{ from: '10.0.3.0/24', table: 100, priority: 1000 }],
    linuxkit,
  },
  firewall: {
    kind: boolean,
    help:
      'Drops all that comes from outside, over IPv4 and IPv6, except to the `ports` of services and of ' +
      '`control`. Without nf_tables in its kernel the machine does not boot.',
    default: '`false`',
    merge: 'the last manifest that has the key wins',
    example: true,
    linuxkit,
  },
  metadata: {
    kind: boolean,
    help:
      'Lets the metadata that the machine trusts configure interfaces that are not listed here, add VLANs and ' +
      'name servers: by network-config of versions 1 and 2, or network_data.json. `metadata` must be in `onboot`.',
    default: '`false`: what it asks for beyond DHCP is named',
    merge: 'the last manifest that has the key wins',
    example: true,
    linuxkit,
  },
  dns: {
    kind: record({
      servers: {
        kind: list(address),
        help: 'Name servers, which take precedence over those from DHCP.',
        example: ['10.0.2.3'],
      },
      search: {
        kind: list(domain),
        help: 'Search domains for names without a dot.',
        example: ['example.org'],
      },
    }),
    help: 'Name resolution.',
    merge: 'the lists of all manifests are concatenated',
    linuxkit,
  },
} as const satisfies Fields;
