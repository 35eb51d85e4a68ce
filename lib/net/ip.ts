import { isIP } from 'node:net';
import { ipv4Bytes, ipv4Text } from './ipv4.ts';

/** Address families, include/linux/socket.h. */
export const AF_INET = 2;
export const AF_INET6 = 10;
export type IpFamily = typeof AF_INET | typeof AF_INET6;

/** An IPv4 or IPv6 address as the kernel takes it. */
export interface IpAddress {
  readonly family: IpFamily;
  /** Four or sixteen bytes, in network order. */
  readonly bytes: Buffer;
}

/**
 * Parses an address.
 * @throws RangeError when the text is not one; an IPv6 zone (`fe80::1%eth0`) is not accepted.
 */
export function ipAddress(text: string): IpAddress {
  const version = text.includes('%') ? 0 : isIP(text);
  if (version === 4) return { family: AF_INET, bytes: ipv4Bytes(text) };
  if (version === 6) return { family: AF_INET6, bytes: ipv6Bytes(text) };
  throw new RangeError(`Cannot read address "${text}": expected one like 10.0.2.15 or fd00::15`);
}

/** Expands RFC 4291 section 2.2: `::` is as many zeros as are missing, an IPv4 tail is two groups. */
function ipv6Bytes(text: string): Buffer {
  const [head = '', tail] = text.split('::');
  const left = groupsOf(head);
  const right = tail === undefined ? [] : groupsOf(tail);
  const zeros = Array<number>(8 - left.length - right.length).fill(0);
  const bytes = Buffer.alloc(16);
  for (const [at, group] of [...left, ...zeros, ...right].entries()) bytes.writeUInt16BE(group, at * 2);
  return bytes;
}

function groupsOf(part: string): number[] {
  if (part === '') return [];
  return part.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const four = ipv4Bytes(group);
    return [four.readUInt16BE(0), four.readUInt16BE(2)];
  });
}

/**
 * The text of 4 or 16 bytes in network order: dotted, or as RFC 5952.
 * @throws RangeError for any other length.
 */
export function ipText(bytes: Buffer): string {
  if (bytes.length === 4) return ipv4Text(bytes);
  if (bytes.length !== 16)
    throw new RangeError(`Cannot read address: ${bytes.length} bytes, expected 4 or 16`);
  const groups = Array.from({ length: 8 }, (_, at) => bytes.readUInt16BE(at * 2).toString(16));
  const { start, length } = longestZeros(groups);
  if (length < 2) return groups.join(':');
  return `${groups.slice(0, start).join(':')}::${groups.slice(start + length).join(':')}`;
}

/** The longest run of zero groups; the first one of several equally long. */
function longestZeros(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let longest = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    const end = groups.findIndex((group, at) => at >= start && group !== '0');
    const length = (end === -1 ? groups.length : end) - start;
    if (length > longest.length) longest = { start, length };
  }
  return longest;
}

/** Whether all bits after the prefix are zero: it is the address of a network, not of a host in one. */
export function isNetwork({ bytes }: IpAddress, prefix: number): boolean {
  return bytes.every((byte, at) => {
    const bits = Math.min(8, Math.max(0, prefix - at * 8));
    return (byte & (0xff >> bits)) === 0;
  });
}
