/**
 * `/etc/kit/network.json`: what init sets before the first container runs. Every address is checked, every default
 * settled on the host.
 */
export interface NetworkConfig {
  /** In the order of setting them: what a VLAN stands on comes before it. */
  readonly interfaces: readonly InterfaceConfig[];
  readonly dns: DnsConfig;
}

export interface InterfaceConfig {
  /** `eth0`; else the interface with the MAC address. */
  readonly name?: string;
  /** In lower case. */
  readonly mac?: string;
  readonly addresses: readonly AddressConfig[];
  readonly routes: readonly RouteConfig[];
  /** The DHCP service may lease an address for it, too; without it, it leaves the interface alone. */
  readonly dhcp: boolean;
  readonly mtu?: number;
  /** To be made, as `name`, on the interface `link`. */
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
  /** Absent for what is reached directly. */
  readonly gateway?: string;
  readonly metric: number;
}

export interface DnsConfig {
  readonly servers: readonly string[];
  readonly search: readonly string[];
}

/** Where init leaves `DnsConfig` for who writes resolv.conf after it, beside that file. */
export const staticDnsFile = 'static.json';

/**
 * Init's mark on an interface (its `ifalias`), which every program sees: `fixed` ones are nobody else's business, for
 * `dhcp` ones the DHCP service is to lease an address, whatever kind of interface it is.
 */
export const interfaceMarks = { fixed: 'kit: fixed', dhcp: 'kit: dhcp' } as const;
