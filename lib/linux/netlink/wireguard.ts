import { AF_INET, ipAddress } from '../../net/ip.ts';
import { genericFamily, genericRequest } from './generic-netlink.ts';
import { requestGeneric } from './netlink.ts';
import { type Attribute, nested, u16Bytes, u32Bytes } from './netlink-message.ts';

/** The settings of a WireGuard interface; keys are the 32 bytes of Curve25519. */
export interface WireguardDevice {
  readonly name: string;
  /** Undefined: it has none yet. */
  readonly privateKey?: Buffer | undefined;
  readonly listenPort?: number | undefined;
  readonly fwmark?: number | undefined;
  readonly peers: readonly Peer[];
}

interface Peer {
  readonly publicKey: Buffer;
  readonly presharedKey?: Buffer | undefined;
  readonly endpoint?: { readonly address: string; readonly port: number } | undefined;
  readonly allowedIps: readonly { readonly address: string; readonly prefix: number }[];
  /** Seconds. */
  readonly keepalive?: number | undefined;
}

/** include/uapi/linux/wireguard.h */
const WG_CMD_SET_DEVICE = 1;
const DEVICE = { name: 2, privateKey: 3, flags: 5, listenPort: 6, fwmark: 7, peers: 8 } as const;
const PEER = { publicKey: 1, presharedKey: 2, flags: 3, endpoint: 4, keepalive: 5, allowedIps: 9 } as const;
const ALLOWED_IP = { family: 1, address: 2, prefix: 3 } as const;
const WGDEVICE_F_REPLACE_PEERS = 1;
const WGPEER_F_REPLACE_ALLOWEDIPS = 2;

/**
 * Gives an interface of the kind `wireguard` its key and its peers, and no others. Each peer is a request of
 * its own, since an attribute has at most 64 KiB.
 * @throws SyscallError, whose text has no key
 */
export function setWireguard(device: WireguardDevice): void {
  const family = genericFamily('wireguard');
  for (const attributes of wireguardRequests(device))
    requestGeneric(
      genericRequest(family, WG_CMD_SET_DEVICE, attributes),
      `set up WireGuard on ${device.name}`,
    );
}

/** The attributes of each request, for tests. */
export function wireguardRequests(device: WireguardDevice): Attribute[][] {
  const { name, privateKey, listenPort, fwmark, peers } = device;
  const named: Attribute = { type: DEVICE.name, value: Buffer.from(`${name}\0`) };
  const settings: Attribute[] = [
    named,
    { type: DEVICE.flags, value: u32Bytes(WGDEVICE_F_REPLACE_PEERS) },
    ...(privateKey ? [{ type: DEVICE.privateKey, value: privateKey }] : []),
    ...(listenPort === undefined ? [] : [{ type: DEVICE.listenPort, value: u16Bytes(listenPort) }]),
    ...(fwmark === undefined ? [] : [{ type: DEVICE.fwmark, value: u32Bytes(fwmark) }]),
  ];
  return [settings, ...peers.map((peer) => [named, nested(DEVICE.peers, [nested(0, peerAttributes(peer))])])];
}

function peerAttributes({ publicKey, presharedKey, endpoint, allowedIps, keepalive }: Peer): Attribute[] {
  return [
    { type: PEER.publicKey, value: publicKey },
    { type: PEER.flags, value: u32Bytes(WGPEER_F_REPLACE_ALLOWEDIPS) },
    ...(presharedKey ? [{ type: PEER.presharedKey, value: presharedKey }] : []),
    ...(endpoint ? [{ type: PEER.endpoint, value: socketAddress(endpoint.address, endpoint.port) }] : []),
    ...(keepalive === undefined ? [] : [{ type: PEER.keepalive, value: u16Bytes(keepalive) }]),
    nested(PEER.allowedIps, allowedIps.map(allowedIp)),
  ];
}

function allowedIp({ address, prefix }: { address: string; prefix: number }): Attribute {
  const { family, bytes } = ipAddress(address);
  return nested(0, [
    { type: ALLOWED_IP.family, value: u16Bytes(family) },
    { type: ALLOWED_IP.address, value: bytes },
    { type: ALLOWED_IP.prefix, value: Buffer.of(prefix) },
  ]);
}

/**
 * sockaddr_in:  u16 family | u16 port, network order | 4 address | 8 zero
 * sockaddr_in6: u16 family | u16 port, network order | u32 flow | 16 address | u32 scope
 */
function socketAddress(address: string, port: number): Buffer {
  const { family, bytes } = ipAddress(address);
  const socket = Buffer.alloc(family === AF_INET ? 16 : 28);
  socket.writeUInt16LE(family, 0);
  socket.writeUInt16BE(port, 2);
  bytes.copy(socket, family === AF_INET ? 4 : 8);
  return socket;
}
