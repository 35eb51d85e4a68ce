import type {
  BondConfig,
  BridgeConfig,
  InterfaceConfig,
  Ipv6Config,
  WireguardConfig,
  WireguardPeer,
} from '../../../lib/bundle/network.ts';
import { metadataMount } from '../../../lib/bundle/network.ts';
import type { KeyPath } from '../../manifest/check.ts';
import { everyItem, FieldError } from '../field-error.ts';
import { address, networkOf } from './addresses.ts';
import type { GivenInterface } from './routes.ts';

type Given<K extends keyof GivenInterface> = NonNullable<GivenInterface[K]>;

/** What kind of interface is made, if it is not hardware. @throws FieldError, FieldErrors */
export function madeLink(
  given: GivenInterface,
  path: KeyPath,
): Pick<InterfaceConfig, 'vlan' | 'bond' | 'bridge' | 'wireguard'> {
  const { name, vlan, bond, bridge, wireguard } = given;
  const kinds = (['vlan', 'bond', 'bridge', 'wireguard'] as const).filter((key) => given[key] !== undefined);
  const [kind, other] = kinds;
  if (kind === undefined) return {};
  if (other) throw new FieldError([...path, other], `an interface cannot be both a ${kind} and a ${other}`);
  const what = kind === 'vlan' ? 'VLAN' : kind;
  if (name === undefined) throw new FieldError([...path, kind], `a ${what} needs a "name"`);
  if (vlan?.link === name)
    throw new FieldError([...path, 'vlan', 'link'], `VLAN "${name}" cannot be its own link`);
  return {
    ...(vlan && { vlan }),
    ...(bond && { bond: bondConfig(bond, [...path, 'bond']) }),
    ...(bridge && { bridge: bridgeConfig(bridge) }),
    ...(wireguard && { wireguard: wireguardConfig(wireguard, [...path, 'wireguard']) }),
  };
}

function bondConfig(given: Given<'bond'>, path: KeyPath): BondConfig {
  const { members, mode = 'active-backup', miimon = 100, lacpRate, primary } = given;
  if (members.length === 0) throw new FieldError([...path, 'members'], 'a bond needs members');
  if (lacpRate !== undefined && mode !== '802.3ad')
    throw new FieldError([...path, 'lacpRate'], `a bond in mode "${mode}" sends no LACPDUs`);
  if (primary !== undefined) {
    if (!['active-backup', 'balance-tlb', 'balance-alb'].includes(mode))
      throw new FieldError([...path, 'primary'], `a bond in mode "${mode}" has no primary member`);
    if (!members.includes(primary))
      throw new FieldError([...path, 'primary'], `"${primary}" is not a member of the bond`);
  }
  return { members, mode, miimon, ...(lacpRate && { lacpRate }), ...(primary !== undefined && { primary }) };
}

const bridgeConfig = ({ members, stp = false }: Given<'bridge'>): BridgeConfig => ({ members, stp });

/** The kernel's message for a peer has at most 64 KiB. */
const mostAllowedIps = 1000;

function wireguardConfig(given: Given<'wireguard'>, path: KeyPath): WireguardConfig {
  const { listenPort, fwmark } = given;
  const seen = new Map<string, number>();
  const peers = everyItem(given.peers, (peer, at) => {
    const before = seen.get(peer.publicKey);
    if (before !== undefined)
      throw new FieldError(
        [...path, 'peers', at, 'publicKey'],
        `peers[${before}] has this public key already`,
      );
    seen.set(peer.publicKey, at);
    return wireguardPeer(peer, [...path, 'peers', at]);
  });
  return {
    privateKey: secretFile(given.privateKey),
    ...(listenPort !== undefined && { listenPort }),
    ...(fwmark !== undefined && { fwmark }),
    peers,
  };
}

function wireguardPeer(given: Given<'wireguard'>['peers'][number], path: KeyPath): WireguardPeer {
  const { publicKey, presharedKey, endpoint, allowedIps, keepalive } = given;
  if (allowedIps.length > mostAllowedIps)
    throw new FieldError([...path, 'allowedIps'], `a peer can have at most ${mostAllowedIps} networks`);
  return {
    publicKey,
    ...(presharedKey && { presharedKey: secretFile(presharedKey) }),
    ...(endpoint !== undefined && { endpoint: endpointOf(endpoint, [...path, 'endpoint']) }),
    allowedIps: everyItem(allowedIps, (text, at) => {
      const { address, prefix } = networkOf(text, [...path, 'allowedIps', at]);
      return { address, prefix };
    }),
    ...(keepalive !== undefined && { keepalive }),
  };
}

function endpointOf(text: string, path: KeyPath): { address: string; port: number } {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  if (port < 1 || port > 65_535) throw new FieldError(path, `the port must be from 1 to 65535, not ${port}`);
  return { address: address(text.slice(0, colon).replace(/^\[|\]$/g, ''), path).text, port };
}

const secretFile = ({ file, metadata }: Given<'wireguard'>['privateKey']): WireguardConfig['privateKey'] =>
  file === undefined
    ? { path: `${metadataMount}/${metadata}`, metadata: true }
    : { path: file, metadata: false };

/** @throws FieldError */
export function ipv6Config(given: GivenInterface, path: KeyPath): Ipv6Config | undefined {
  const { ipv6 } = given;
  if (!ipv6) return undefined;
  const { acceptRa, slaac, dhcp = 'auto', delegate } = ipv6;
  if (delegate && dhcp === 'off')
    throw new FieldError([...path, 'ipv6', 'delegate'], 'a prefix is asked for by DHCPv6, which is "off"');
  if (delegate?.to.length === 0)
    throw new FieldError([...path, 'ipv6', 'delegate', 'to'], 'the prefix needs an interface to be put on');
  return {
    ...(acceptRa !== undefined && { acceptRa }),
    ...(slaac !== undefined && { slaac }),
    dhcp,
    ...(delegate && { delegate: { to: delegate.to, length: delegate.length ?? 56 } }),
  };
}
