/**
 * `/etc/kit/network.json`: the network that init sets up before the first container runs. Checked on the
 * host, with all defaults filled in.
 */
export interface NetworkConfig {
  /** In the order in which they are set up: those below a VLAN, bond or bridge come before it. */
  readonly interfaces: readonly InterfaceConfig[];
  /** Set after all interfaces. */
  readonly rules?: readonly RuleConfig[];
  readonly dns: DnsConfig;
}

export interface InterfaceConfig {
  /** `eth0`; absent: the interface is found by its MAC address. */
  readonly name?: string;
  /** In lower case. */
  readonly mac?: string;
  readonly addresses: readonly AddressConfig[];
  readonly routes: readonly RouteConfig[];
  /** Whether the DHCP service leases an address for it as well, or leaves it alone. */
  readonly dhcp: boolean;
  readonly mtu?: number;
  /** It is made, as `name`, on the interface `link`. At most one of this and the next three is there. */
  readonly vlan?: { readonly id: number; readonly link: string };
  /** It is made, as `name`, of its members, as is a bridge. */
  readonly bond?: BondConfig;
  readonly bridge?: BridgeConfig;
  readonly wireguard?: WireguardConfig;
  /** Absent: the kernel's defaults, and DHCPv6 as routers say. */
  readonly ipv6?: Ipv6Config;
}

/** The modes of the kernel's bonding driver by their numbers (include/uapi/linux/if_bonding.h). */
export const bondModes = [
  ...['balance-rr', 'active-backup', 'balance-xor', 'broadcast'],
  ...['802.3ad', 'balance-tlb', 'balance-alb'],
] as const;
export type BondMode = (typeof bondModes)[number];

export interface BondConfig {
  /** Names of interfaces, which have no addresses of their own. */
  readonly members: readonly string[];
  readonly mode: BondMode;
  /** How often the links of the members are looked at, in milliseconds. */
  readonly miimon: number;
  /** How often the other end is asked to send LACPDUs: every 30 s or every second. Only of 802.3ad. */
  readonly lacpRate?: 'slow' | 'fast';
  /** The member that is used while it works. Only of active-backup, balance-tlb and balance-alb. */
  readonly primary?: string;
}

export interface BridgeConfig {
  readonly members: readonly string[];
  /** Spanning tree (IEEE 802.1D). */
  readonly stp: boolean;
}

export interface WireguardConfig {
  readonly privateKey: SecretFile;
  /** UDP; absent: the kernel chooses one. */
  readonly listenPort?: number;
  /** Mark of the packets that carry the tunnel, for rules; absent: none. */
  readonly fwmark?: number;
  readonly peers: readonly WireguardPeer[];
}

export interface WireguardPeer {
  /** Of Curve25519, in base64. */
  readonly publicKey: string;
  readonly presharedKey?: SecretFile;
  readonly endpoint?: { readonly address: string; readonly port: number };
  /** Destinations that are reached through the peer, and sources that it may have. */
  readonly allowedIps: readonly AddressConfig[];
  /** Seconds between packets that keep NAT and firewalls open; absent: none are sent. */
  readonly keepalive?: number;
}

/** Where the machine's metadata is. */
export const metadataMount = '/run/config';

/** A file of the machine with a key in base64; the key itself is never in the image's settings. */
export interface SecretFile {
  /** `/etc/wireguard/wg0.key`, `/run/config/wireguard/key` */
  readonly path: string;
  /** It comes with the machine's metadata, and is read after the onboot containers have run. */
  readonly metadata: boolean;
}

export interface Ipv6Config {
  /** Whether router advertisements count (the kernel's accept_ra); absent: unless the machine forwards. */
  readonly acceptRa?: boolean;
  /** Whether the kernel makes addresses of advertised prefixes (SLAAC, autoconf); absent: yes. */
  readonly slaac?: boolean;
  /** `auto`: as the flags M and O of router advertisements say. */
  readonly dhcp: Dhcpv6Mode;
  /** Asks for a prefix (RFC 8415, IA_PD), and puts parts of it on other interfaces. */
  readonly delegate?: PrefixDelegation;
}

export const dhcpv6Modes = ['auto', 'stateful', 'stateless', 'off'] as const;
export type Dhcpv6Mode = (typeof dhcpv6Modes)[number];

export interface PrefixDelegation {
  /** Names of the interfaces that get a /64 each, in the order of subnets. */
  readonly to: readonly string[];
  /** The length that is asked for; the server decides. */
  readonly length: number;
}

export interface AddressConfig {
  /** `10.0.2.20`, `fd00::20` */
  readonly address: string;
  readonly prefix: number;
}

export interface RouteConfig {
  /** `0.0.0.0` or `::` with prefix 0 is the default route. */
  readonly destination: string;
  readonly prefix: number;
  /** Absent when the destination is on the link itself. */
  readonly gateway?: string;
  readonly metric: number;
  /** Absent: the main table, 254. */
  readonly table?: number;
  /** The address that packets are sent from (RTA_PREFSRC); absent: the kernel chooses. */
  readonly source?: string;
  /** False: the gateway must be in a network of the interface. Absent, as true: it may be any. */
  readonly onlink?: boolean;
}

/** A policy rule (ip-rule(8)): packets that match all of it are routed by `table`. */
export interface RuleConfig {
  readonly family: 4 | 6;
  readonly from?: AddressConfig;
  readonly to?: AddressConfig;
  readonly fwmark?: { readonly mark: number; readonly mask: number };
  /** Names of the interfaces that packets come in and go out through. */
  readonly iif?: string;
  readonly oif?: string;
  readonly table: number;
  /** The lowest number is looked at first; the kernel's own rules have 0, 32766 and 32767. */
  readonly priority: number;
}

export interface DnsConfig {
  readonly servers: readonly string[];
  readonly search: readonly string[];
}

/** Beside resolv.conf: `DnsConfig` for the DHCP service, which rewrites resolv.conf. */
export const staticDnsFile = 'static.json';

/** Beside it: `DnsConfig` of the machine's metadata, which counts after all others. */
export const metadataDnsFile = 'metadata.json';

/** Beside it: `DhcpConfig`, what the manifest says of interfaces that the DHCP service configures. */
export const dhcpSettingsFile = 'dhcp.json';

/**
 * Beside it: made by init when the machine ends, so that services which the network knows can take their
 * leave.
 */
export const machineEndsFile = 'machine-ends';

/** By the name of the interface. */
export type DhcpConfig = Readonly<Record<string, Ipv6Config>>;

/**
 * Init's marks on interfaces (`ifalias`), which all programs can read. The DHCP service leaves `fixed` ones
 * alone, leases addresses for `dhcp` ones of any kind, and IPv6 addresses alone for `dhcp6` ones.
 */
export const interfaceMarks = { fixed: 'kit: fixed', dhcp: 'kit: dhcp', dhcp6: 'kit: dhcp6' } as const;

/** Ports of the machine that are reached from outside; both ends belong to it. */
export interface OpenPorts {
  readonly protocol: 'tcp' | 'udp';
  readonly first: number;
  readonly last: number;
}

/** The ports that are reached from outside; there if the manifest switches the firewall on. */
export const firewallFile = '/etc/kit/firewall.json';

/** The content of that file. */
export interface FirewallConfig {
  readonly open: readonly OpenPorts[];
}
