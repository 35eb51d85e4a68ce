import { boolean, type Fields, integer, list, record, stringLike } from '../kinds.ts';

/** `network:`, which init applies before the first container runs. */

const linuxkit = 'Not supported.';

/** Checks only the rough form; build/spec/network.ts checks addresses fully, with more precise messages. */
const address = stringLike(/^[0-9a-fA-F.:]{2,45}$/, 'an address such as "10.0.2.20" or "fd00::20"');
const network = stringLike(
  /^(?:default|[0-9a-fA-F.:]{2,45}\/\d{1,3})$/,
  '"default" or a network such as "10.1.0.0/16"',
);
const cidr = stringLike(
  /^[0-9a-fA-F.:]{2,45}\/\d{1,3}$/,
  'an address with its prefix length such as "10.0.2.20/24"',
);
/** IFNAMSIZ minus the terminating NUL; excludes names that the kernel's dev_valid_name() rejects. */
const interfaceName = stringLike(/^(?!\.{1,2}$)[^\s/:]{1,15}$/, 'the name of an interface such as "eth0"');
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
} as const satisfies Fields;

export const networkFields = {
  interfaces: {
    kind: list(record(interfaceFields, { exactlyOneOf: ['name', 'mac'] })),
    help: 'Interfaces with static addresses, in the order in which they are set up.',
    merge: 'the lists of all manifests are concatenated',
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
