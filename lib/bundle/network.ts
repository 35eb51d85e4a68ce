/**
 * `/etc/kit/network.json`: the network that init sets up before the first container runs. Checked on the
 * host, with all defaults filled in.
 */
export interface NetworkConfig {
  /** In the order in which they are set up: the interface below a VLAN comes before it. */
  readonly interfaces: readonly InterfaceConfig[];
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
  /** It is made, as `name`, on the interface `link`. */
  readonly vlan?: { readonly id: number; readonly link: string };
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
}

export interface DnsConfig {
  readonly servers: readonly string[];
  readonly search: readonly string[];
}

/** Beside resolv.conf: `DnsConfig` for the DHCP service, which rewrites resolv.conf. */
export const staticDnsFile = 'static.json';

/**
 * Init's marks on interfaces (`ifalias`), which all programs can read. The DHCP service leaves `fixed` ones
 * alone, and leases an address for `dhcp` ones of any kind.
 */
export const interfaceMarks = { fixed: 'kit: fixed', dhcp: 'kit: dhcp' } as const;

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
