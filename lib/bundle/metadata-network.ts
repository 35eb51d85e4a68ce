import { KitError } from '../errors/errors.ts';
import { type IpAddress, ipAddress } from '../net/ip.ts';
import type { AddressConfig, DnsConfig, RouteConfig } from './network.ts';

/**
 * The network that metadata asks for. The metadata program, which reads bytes of strangers and has no
 * capability, writes it as JSON; init, which can set it, reads it after each onboot container, if the
 * manifest has `network: {metadata: true}`.
 */
export interface MetadataNetwork {
  /** Those below a VLAN come before it. */
  readonly interfaces: readonly MetadataInterface[];
  readonly dns: DnsConfig;
}

export interface MetadataInterface {
  /** What other interfaces call it; of a VLAN also its name in the machine. */
  readonly id: string;
  /** Which interface of the machine it is: by name, with `*` and `?`, or MAC address in lower case. */
  readonly match?: { readonly name?: string; readonly mac?: string };
  /** It is made, on the interface with the id `link`; then there is no `match`. */
  readonly vlan?: { readonly id: number; readonly link: string };
  readonly addresses: readonly AddressConfig[];
  readonly routes: readonly RouteConfig[];
  readonly dhcp: boolean;
  readonly mtu?: number;
}

/** Below /run/config. */
export const metadataNetworkPath = 'network.json';
export const metadataNetworkFile = `/run/config/${metadataNetworkPath}`;

/** Its value is `yes` in the environment of the metadata program if the manifest lets metadata ask. */
export const metadataNetworkVariable = 'KIT_METADATA_NETWORK';

/** Of the file, and of each list in it: what it says is done by PID 1. */
export const metadataNetworkLimits = { bytes: 256 << 10, interfaces: 64, items: 128 } as const;

/**
 * Reads the file. Nothing of it is taken that has not been looked at.
 * @throws KitError when it is not what the metadata program writes
 */
export function parseMetadataNetwork(text: string): MetadataNetwork {
  const value = fields(parsed(text), 'the file');
  const dns = fields(value.dns, 'dns');
  const interfaces = list(value.interfaces, metadataNetworkLimits.interfaces).map(interfaceOf);
  for (const { vlan } of interfaces)
    if (vlan && !interfaces.some(({ id }) => id === vlan.link)) throw fault('a VLAN on no interface');
  return {
    interfaces,
    dns: {
      servers: list(dns.servers).map((server) => address(server)),
      search: list(dns.search).map((domain) => textOf(domain, /^[A-Za-z0-9_.-]{1,253}$/)),
    },
  };
}

function interfaceOf(given: unknown): MetadataInterface {
  const { match, vlan, mtu, dhcp, ...rest } = fields(given, 'an interface');
  if ((match === undefined) === (vlan === undefined))
    throw fault('an interface that is neither there nor made');
  return {
    id: textOf(rest.id, vlan === undefined ? /^.{1,64}$/ : interfaceName),
    ...(match !== undefined && { match: matchOf(fields(match, 'match')) }),
    ...(vlan !== undefined && { vlan: vlanOf(fields(vlan, 'vlan')) }),
    addresses: list(rest.addresses).map((one) => {
      const { address: host, prefix } = fields(one, 'an address');
      return withPrefix(host, prefix);
    }),
    routes: list(rest.routes).map((one) => routeOf(fields(one, 'a route'))),
    dhcp: dhcp === true,
    ...(mtu !== undefined && { mtu: integer(mtu, 68, 65_535) }),
  };
}

/** IFNAMSIZ without the NUL; narrower than dev_valid_name() of the kernel. */
export const interfaceName = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,14}$/;

function matchOf({ name, mac }: Fields): NonNullable<MetadataInterface['match']> {
  if (name === undefined && mac === undefined) throw fault('a match of nothing');
  return {
    ...(name !== undefined && { name: textOf(name, /^[A-Za-z0-9_.*?-]{1,15}$/) }),
    ...(mac !== undefined && { mac: textOf(mac, /^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/) }),
  };
}

const vlanOf = ({ id, link }: Fields): NonNullable<MetadataInterface['vlan']> => ({
  id: integer(id, 1, 4094),
  link: textOf(link, /^.{1,64}$/),
});

function routeOf({ destination, prefix, gateway, metric }: Fields): RouteConfig {
  const to = withPrefix(destination, prefix);
  return {
    destination: to.address,
    prefix: to.prefix,
    ...(gateway !== undefined && { gateway: address(gateway, ip(to.address).family) }),
    metric: integer(metric, 0, 0xffff_ffff),
  };
}

function withPrefix(host: unknown, prefix: unknown): AddressConfig {
  const text = address(host);
  return { address: text, prefix: integer(prefix, 0, ip(text).bytes.length * 8) };
}

function address(given: unknown, family?: number): string {
  const text = textOf(given, /^[0-9a-fA-F.:]{2,45}$/);
  if (family !== undefined && ip(text).family !== family) throw fault('a gateway of another family');
  return ip(text) && text;
}

function ip(text: string): IpAddress {
  try {
    return ipAddress(text);
  } catch {
    throw fault('an address that is none');
  }
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, what: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw fault(`${what} is no object`);
  return value as Fields;
}

function list(value: unknown, most: number = metadataNetworkLimits.items): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw fault(`no list of at most ${most}`);
  return value;
}

function textOf(value: unknown, form: RegExp): string {
  if (typeof value !== 'string' || !form.test(value)) throw fault('a text of another form');
  return value;
}

function integer(value: unknown, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < least || value > most)
    throw fault(`no number from ${least} to ${most}`);
  return value;
}

function parsed(text: string): unknown {
  if (text.length > metadataNetworkLimits.bytes) throw fault('too long');
  try {
    return JSON.parse(text);
  } catch {
    throw fault('no JSON');
  }
}

const fault = (why: string): KitError =>
  new KitError(`Cannot use the network in "${metadataNetworkFile}": ${why}`);
