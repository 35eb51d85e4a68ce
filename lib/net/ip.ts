import { isIP } from 'node:net';
import { ipv4Bytes } from './ipv4.ts';

/** include/linux/socket.h */
const families = { 4: 2, 6: 10 } as const;

/** An address of either family as the kernel takes it. */
export interface IpAddress {
  /** AF_INET or AF_INET6. */
  readonly family: 2 | 10;
  /** Four bytes or sixteen, in network order. */
  readonly bytes: Buffer;
}

/** @throws RangeError when the text is no address; an IPv6 zone (`fe80::1%eth0`) is none of it */
export function ipAddress(text: string): IpAddress {
  const version = text.includes('%') ? 0 : isIP(text);
  if (version === 4) return { family: families[4], bytes: ipv4Bytes(text) };
  if (version === 6) return { family: families[6], bytes: ipv6Bytes(text) };
  throw new RangeError(`Cannot read address "${text}": want one like 10.0.2.15 or fd00::15`);
}

/** Groups of RFC 4291 section 2.2: `::` stands for as many zeros as are missing, an IPv4 tail for two groups. */
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

/** Whether all bits behind the prefix are zero: a network, and not an address in one. */
export function isNetwork({ bytes }: IpAddress, prefix: number): boolean {
  return bytes.every((byte, at) => {
    const bits = Math.min(8, Math.max(0, prefix - at * 8));
    return (byte & (0xff >> bits)) === 0;
  });
}
