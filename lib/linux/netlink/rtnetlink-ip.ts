/** IP addresses as attributes of rtnetlink(7) messages: four or sixteen bytes in network order. */

import { AF_INET, AF_INET6, ipAddress, ipText } from '../../net/ip.ts';
import type { Attribute } from './netlink-message.ts';

/** An attribute that holds an address of either family. @throws RangeError when it cannot be parsed. */
export function ipAttribute(type: number, address: string): Attribute {
  return { type, value: ipAddress(address).bytes };
}

/** The address in an attribute's value; undefined when it is absent or not of the family. */
export function readIp(value: Buffer | undefined, family: number): string | undefined {
  return value !== undefined && value.length === lengths.get(family) ? ipText(value) : undefined;
}

const lengths: ReadonlyMap<number, number> = new Map([
  [AF_INET, 4],
  [AF_INET6, 16],
]);
