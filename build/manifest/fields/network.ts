import { type Fields, flag, list, record, textLike, whole } from '../kinds.ts';

/** `network:`, which init obeys before the first container runs. LinuxKit has no such key. */

const linuxkit = 'has no such key';

/** Addresses are checked in build/spec, where what is wrong with one can be said. */
const address = textLike(/^[0-9a-fA-F.:]{2,45}$/, 'an address such as "10.0.2.20" or "fd00::20"');
const network = textLike(
  /^(?:default|[0-9a-fA-F.:]{2,45}\/\d{1,3})$/,
  '"default" or a network such as "10.1.0.0/16"',
);
const cidr = textLike(
  /^[0-9a-fA-F.:]{2,45}\/\d{1,3}$/,
  'an address with its prefix length such as "10.0.2.20/24"',
);
/** IFNAMSIZ, less the final zero; what the kernel refuses in a name (dev_valid_name). */
const interfaceName = textLike(/^(?!\.{1,2}$)[^\s/:]{1,15}$/, 'the name of an interface such as "eth0"');
const domain = textLike(/^[A-Za-z0-9_.-]{1,253}$/, 'a domain such as "example.org"');

const route = record({
  to: {
    kind: network,
    help: 'Where it leads: a network, or `default`.',
    required: true,
    example: '10.1.0.0/16',
  },
  via: { kind: address, help: 'The gateway.', default: 'none: reached directly', example: '10.0.2.3' },
  metric: {
    kind: whole(0, 4294967295),
    help: 'Of routes to the same place, the lowest wins.',
    default: '`0`',
    example: 50,
  },
});

const vlan = record({
  id: { kind: whole(1, 4094), help: 'Number of the VLAN.', required: true, example: 7 },
  link: { kind: interfaceName, help: 'The interface that carries it.', required: true, example: 'eth0' },
});

const interfaceFields = {
  name: { kind: interfaceName, help: 'Name of the interface.', example: 'eth0' },
  mac: {
    kind: textLike(/^[0-9a-fA-F]{2}(?::[0-9a-fA-F]{2}){5}$/, 'a MAC address such as "52:54:00:12:34:56"'),
    help: 'The interface with this MAC address, whatever its name.',
    example: '52:54:00:12:34:56',
  },
  addresses: {
    kind: list(cidr),
    help: 'IPv4 and IPv6 addresses, each with its prefix length.',
    example: ['10.0.2.20/24', 'fd00::20/64'],
  },
  gateway: {
    kind: address,
    help: 'The gateway of the default route; a second one, for the other family, goes into `routes`.',
    example: '10.0.2.2',
  },
  routes: { kind: list(route), help: 'More routes.', example: [{ to: '10.1.0.0/16', via: '10.0.2.3' }] },
  dhcp: {
    kind: flag,
    help: 'The DHCP service leases an address, also beside those of `addresses`. What is not named here it takes anyway.',
    default: '`false`',
    example: true,
  },
  mtu: { kind: whole(68, 65535), help: 'Largest packet, in bytes.', default: "the driver's", example: 9000 },
  vlan: {
    kind: vlan,
    help: 'Makes the interface `name`: a VLAN on another interface.',
    example: { id: 7, link: 'eth0' },
  },
} as const satisfies Fields;

export const networkFields = {
  interfaces: {
    kind: list(record(interfaceFields, { exactlyOneOf: ['name', 'mac'] })),
    help: 'Interfaces with fixed addresses, in order.',
    merge: 'those of all manifests, one after another',
    linuxkit,
  },
  dns: {
    kind: record({
      servers: {
        kind: list(address),
        help: 'Name servers, before those that DHCP brings.',
        example: ['10.0.2.3'],
      },
      search: { kind: list(domain), help: 'Domains for names without a dot.', example: ['example.org'] },
    }),
    help: 'Name resolution.',
    merge: 'those of all manifests, one after another',
    linuxkit,
  },
} as const satisfies Fields;
