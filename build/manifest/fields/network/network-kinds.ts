import { bondModes, dhcpv6Modes } from '../../../../lib/bundle/network.ts';
import { boolean, choice, either, integer, list, record, stringLike } from '../../kinds.ts';

/** Kinds of `network:`. They check only the rough form; build/spec/network checks the rest. */

export const address = stringLike(/^[0-9a-fA-F.:]{2,45}$/, 'an address such as "10.0.2.20" or "fd00::20"');
export const network = stringLike(
  /^(?:default|[0-9a-fA-F.:]{2,45}\/\d{1,3})$/,
  '"default" or a network such as "10.1.0.0/16"',
);
export const cidr = stringLike(
  /^[0-9a-fA-F.:]{2,45}\/\d{1,3}$/,
  'an address with its prefix length such as "10.0.2.20/24"',
);
/** IFNAMSIZ minus the terminating NUL; excludes names that the kernel's dev_valid_name() rejects. */
export const interfaceName = stringLike(
  /^(?!\.{1,2}$)[^\s/:]{1,15}$/,
  'the name of an interface such as "eth0"',
);
/** 253 to 255 by their names: include/uapi/linux/rtnetlink.h, enum rt_class_t. */
export const table = either(integer(1, 4294967295), choice('default', 'main', 'local'));

const members = {
  kind: list(interfaceName),
  help: 'Its interfaces, which have no addresses of their own.',
  required: true,
  example: ['eth0', 'eth1'],
} as const;

export const bondKind = record({
  members,
  mode: {
    kind: choice(...bondModes),
    help: 'How the members share the work; `802.3ad` is LACP.',
    default: '`active-backup`',
    example: '802.3ad',
  },
  miimon: {
    kind: integer(1, 10_000),
    help: 'How often the links of the members are looked at, in milliseconds.',
    default: '`100`',
    example: 50,
  },
  lacpRate: {
    kind: choice('slow', 'fast'),
    help: 'How often the other end is asked to send LACPDUs: every 30 s or every second. Only of `802.3ad`.',
    default: '`slow`',
    example: 'fast',
  },
  primary: {
    kind: interfaceName,
    help: 'The member that is used while it works. Of `active-backup`, `balance-tlb` and `balance-alb`.',
    default: 'none',
    example: 'eth0',
  },
});

export const bridgeKind = record({
  members: { ...members, help: 'Its ports, which have no addresses of their own. May be empty.' },
  stp: {
    kind: boolean,
    help: 'Spanning tree (IEEE 802.1D). Ports then forward nothing for the first 30 seconds.',
    default: '`false`',
    example: true,
  },
});

/** 32 bytes in base64, whose last group has one `=`; the digit before it has four bits. */
const publicKey = stringLike(
  /^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=$/,
  'a key of 32 bytes in base64, as `wg pubkey` prints it',
);

const secret = record(
  {
    file: {
      kind: stringLike(/^\/[^\0]{1,4000}$/, 'an absolute path'),
      help: 'A file of the machine, for example of `files:` with mode "0600".',
      example: '/etc/wireguard/wg0.key',
    },
    metadata: {
      kind: stringLike(/^(?!.*(?:^|\/)\.{1,2}(?:\/|$))[^/\0][^\0]{0,253}$/, 'a path below /run/config'),
      help: "A file of the machine's metadata, below /run/config. It is read once the `onboot` containers have run.",
      example: 'wireguard/key',
    },
  },
  { exactlyOneOf: ['file', 'metadata'] },
);

const peer = record({
  publicKey: {
    kind: publicKey,
    help: 'Its public key.',
    required: true,
    example: 'HIgo9xNzJMWLKASShiTqIybxZ0U3wGLiUeJ1PKf8ykw=',
  },
  presharedKey: {
    kind: secret,
    help: 'Where a further, symmetric key is.',
    default: 'none',
    example: { metadata: 'wireguard/psk' },
  },
  endpoint: {
    kind: stringLike(
      /^(?:[0-9.]{7,15}|\[[0-9a-fA-F:.]{2,45}\]):\d{1,5}$/,
      'an address with a port such as "192.0.2.1:51820" or "[2001:db8::1]:51820"',
    ),
    help: 'Where it is reached. An address, since names are not looked up.',
    default: 'where it is heard from',
    example: '192.0.2.1:51820',
  },
  allowedIps: {
    kind: list(cidr),
    help: 'Networks that are reached through the peer, and that it may send from.',
    required: true,
    example: ['10.9.0.0/24', 'fd09::/64'],
  },
  keepalive: {
    kind: integer(1, 65_535),
    help: 'Seconds between packets that keep NAT and firewalls on the way open.',
    default: 'none are sent',
    example: 25,
  },
});

export const wireguardKind = record({
  privateKey: {
    kind: secret,
    help: 'Where the private key is. It is never in the manifest.',
    required: true,
    example: { file: '/etc/wireguard/wg0.key' },
  },
  listenPort: {
    kind: integer(1, 65_535),
    help: 'UDP port. With `firewall: true`, `ports` of a service has to name it, too.',
    default: 'the kernel chooses',
    example: 51_820,
  },
  fwmark: {
    kind: integer(1, 4294967295),
    help: 'Mark of the packets that carry the tunnel, for `rules`.',
    default: 'none',
    example: 51_820,
  },
  peers: { kind: list(peer), help: 'The other ends.', required: true },
});

export const ipv6Kind = record({
  acceptRa: {
    kind: boolean,
    help: 'Whether router advertisements count, for routes and addresses.',
    default: 'unless the machine forwards packets',
    example: false,
  },
  slaac: {
    kind: boolean,
    help: 'Whether the kernel makes addresses of advertised prefixes.',
    default: '`true`',
    example: false,
  },
  dhcp: {
    kind: choice(...dhcpv6Modes),
    help:
      'DHCPv6 by the DHCP service: as the flags of router advertisements say, for an address and settings, for ' +
      'settings alone, or not at all.',
    default: '`auto`',
    example: 'stateful',
  },
  delegate: {
    kind: record({
      to: {
        kind: list(interfaceName),
        help: 'Interfaces of the manifest that get a /64 each, and address 1 of it.',
        required: true,
        example: ['br0'],
      },
      length: {
        kind: integer(32, 64),
        help: 'The prefix length to ask for.',
        default: '`56`',
        example: 60,
      },
    }),
    help: 'Asks the DHCPv6 server for a prefix of its own (RFC 8415, IA_PD).',
    default: 'none is asked for',
    example: { to: ['br0'] },
  },
});

export const ruleKind = record({
  from: { kind: cidr, help: 'Source.', default: 'any', example: '10.0.3.0/24' },
  to: { kind: cidr, help: 'Destination.', default: 'any', example: '10.1.0.0/16' },
  fwmark: {
    kind: integer(1, 4294967295),
    help: 'Mark of the packet, by a packet filter or a tunnel.',
    default: 'any',
    example: 51_820,
  },
  mask: {
    kind: integer(1, 4294967295),
    help: 'The bits of the mark that count.',
    default: 'all',
    example: 255,
  },
  iif: { kind: interfaceName, help: 'Interface that it came in through.', default: 'any', example: 'eth1' },
  oif: {
    kind: interfaceName,
    help: 'Interface that its socket is bound to.',
    default: 'any',
    example: 'eth1',
  },
  table: { kind: table, help: 'The routing table.', required: true, example: 100 },
  priority: {
    kind: integer(1, 32_765),
    help: 'The rule with the lowest number is looked at first.',
    required: true,
    example: 1000,
  },
});
