import type { AddressConfig } from '../../../lib/bundle/network.ts';
import { type IpAddress, ipAddress, isNetwork } from '../../../lib/net/ip.ts';
import { isHostAddress } from '../../../lib/net/ipv4.ts';
import type { KeyPath } from '../../manifest/check.ts';
import { FieldError } from '../field-error.ts';

/** An address as the kernel prints it, in lower case, and its bytes. @throws FieldError */
export function address(text: string, path: KeyPath): { readonly text: string; readonly ip: IpAddress } {
  try {
    return { text: text.toLowerCase(), ip: ipAddress(text) };
  } catch {
    throw new FieldError(path, `"${text}" is not an IPv4 or IPv6 address`);
  }
}

/** An address that an interface can have: `10.0.2.20/24`. @throws FieldError */
export function addressConfig(given: string, path: KeyPath): AddressConfig {
  const { text, ip, prefix } = split(given, path);
  const unusable = ip.family === 2 ? !isHostAddress(text) : ip.bytes[0] === 0xff || isNetwork(ip, 0);
  if (unusable) throw new FieldError(path, `"${text}" cannot be the address of an interface`);
  return { address: text, prefix };
}

/** A network: `10.1.0.0/16`. @throws FieldError */
export function networkOf(given: string, path: KeyPath): AddressConfig & { readonly ip: IpAddress } {
  const { text, ip, prefix } = split(given, path);
  if (!isNetwork(ip, prefix)) {
    throw new FieldError(path, `"${given}" is not a network: the bits after the prefix must be 0`);
  }
  return { address: text, prefix, ip };
}

function split(given: string, path: KeyPath): { text: string; ip: IpAddress; prefix: number } {
  const [host = '', length = ''] = given.split('/');
  const { text, ip } = address(host, path);
  const bits = ip.bytes.length * 8;
  if (Number(length) > bits)
    throw new FieldError(path, `the prefix length must be at most ${bits}, not ${length}`);
  return { text, ip, prefix: Number(length) };
}
