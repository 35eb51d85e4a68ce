import { ipAddress, ipText } from '../../../lib/net/ip.ts';

/** The `at`th /64 of a prefix, as its first address; undefined if it has not so many. */
export function subnetOf(
  { prefix, length }: { readonly prefix: string; readonly length: number },
  at: number,
): string | undefined {
  if (length > 64 || at >= 2 ** Math.min(64 - length, 31)) return undefined;
  const upper = ipAddress(prefix).bytes.readBigUInt64BE(0);
  const mask = (1n << BigInt(64 - length)) - 1n;
  const bytes = Buffer.alloc(16);
  bytes.writeBigUInt64BE((upper & ~mask) | BigInt(at));
  return ipText(bytes);
}

/** The first address of a /64 for a host: routers have it (RFC 4291 section 2.6.1 reserves that of zeros). */
export function addressIn(subnet: string): string {
  const { bytes } = ipAddress(subnet);
  bytes[15] = 1;
  return ipText(bytes);
}
