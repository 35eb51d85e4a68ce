/** IPv4 addresses: as text (`10.0.2.15`), and as four bytes in network order. */
import { isIPv4 } from 'node:net';

/**
 * The four bytes of a dotted quad. Numbers do not begin with 0, which some programs read as octal.
 * @throws RangeError for any other text
 */
export function ipv4Bytes(text: string): Buffer {
  if (!isIPv4(text))
    throw new RangeError(`Cannot read IPv4 address "${text}": expected four numbers of 0 to 255`);
  return Buffer.from(text.split('.').map(Number));
}

/** The dotted quad of the four bytes at an offset. @throws RangeError when there are fewer. */
export function ipv4Text(bytes: Uint8Array, offset = 0): string {
  if (bytes.length < offset + 4) throw new RangeError('Cannot read IPv4 address: fewer than four bytes');
  return bytes.subarray(offset, offset + 4).join('.');
}

/** The prefix length of a netmask (24 for `255.255.255.0`); undefined when its ones are not contiguous. */
export function prefixOfMask(mask: string): number | undefined {
  const bits = ipv4Bytes(mask).readUInt32BE();
  const prefix = Math.clz32(~bits >>> 0);
  return maskBits(prefix) === bits ? prefix : undefined;
}

/** The network of an address: `10.0.2.0` for `10.0.2.15` and 24. */
export function networkOf(address: string, prefix: number): string {
  return fromBits((ipv4Bytes(address).readUInt32BE() & maskBits(prefix)) >>> 0);
}

/** The broadcast address of the network of an address. */
export function broadcastOf(address: string, prefix: number): string {
  return fromBits((ipv4Bytes(address).readUInt32BE() | ~maskBits(prefix)) >>> 0);
}

/** Whether an interface can have it: not 0.0.0.0/8, 127.0.0.0/8, multicast, reserved or broadcast. */
export function isHostAddress(address: string): boolean {
  const [first = 0] = ipv4Bytes(address);
  return first !== 0 && first !== 127 && first < 224;
}

function maskBits(prefix: number): number {
  return prefix === 0 ? 0 : (0xffffffff << (32 - prefix)) >>> 0;
}

function fromBits(bits: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(bits);
  return ipv4Text(bytes);
}
