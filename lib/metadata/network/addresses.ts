import type { AddressConfig } from '../../bundle/network.ts';
import { AF_INET, type IpAddress, ipAddress, ipText, isNetwork } from '../../net/ip.ts';
import { isHostAddress } from '../../net/ipv4.ts';

/**
 * The address of an interface: `10.0.2.20/24`, or with a mask beside it: `255.255.255.0`, `24`, `ffff::`.
 * Without either an address of IPv6 has a /64, as in cloud-init. Undefined for anything else.
 */
export function hostWithPrefix(text: string, netmask?: string): AddressConfig | undefined {
  const [host = '', length] = text.split('/');
  const ip = parse(host);
  const prefix = ip && prefixOf(ip, length ?? netmask ?? (ip.family === AF_INET ? '' : '64'));
  if (ip === undefined || prefix === undefined) return undefined;
  const isUsable = ip.family === AF_INET ? isHostAddress(host) : ip.bytes[0] !== 0xff && !isNetwork(ip, 0);
  return isUsable ? { address: ipText(ip.bytes), prefix } : undefined;
}

/** A destination, the bits after its prefix set to 0; without prefix and mask, one host. */
export function networkWithPrefix(text: string, netmask?: string): AddressConfig | undefined {
  const [host = '', length] = text.split('/');
  const ip = parse(host);
  const prefix = ip && prefixOf(ip, length ?? netmask ?? String(ip.bytes.length * 8));
  if (ip === undefined || prefix === undefined) return undefined;
  const bytes = ip.bytes.map((byte, at) => byte & ~(0xff >> Math.min(8, Math.max(0, prefix - at * 8))));
  return { address: ipText(Buffer.from(bytes)), prefix };
}

/** An address in the form in which the kernel prints it; undefined for anything else. */
export function plainAddress(text: string): string | undefined {
  const ip = parse(text);
  return ip && ipText(ip.bytes);
}

function parse(text: string): IpAddress | undefined {
  try {
    return ipAddress(text);
  } catch {
    return undefined;
  }
}

/** Of digits, or of a mask whose ones come first. */
function prefixOf({ bytes, family }: IpAddress, text: string): number | undefined {
  if (/^\d{1,3}$/.test(text)) return Number(text) <= bytes.length * 8 ? Number(text) : undefined;
  const mask = parse(text);
  if (mask?.family !== family) return undefined;
  const bits = [...mask.bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const [, ones = ''] = /^(1*)0*$/.exec(bits) ?? [undefined, undefined];
  return /^1*0*$/.test(bits) ? ones.length : undefined;
}
