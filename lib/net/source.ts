import { AF_INET, ipAddress, ipText } from './ip.ts';

/** Bytes of an IPv6 address that count: a customer gets a /64, and has all of its addresses. */
const ipv6SourceBytes = 8;

/**
 * What counts as one source of connections: an IPv4 address, or the /64 of an IPv6 address. A form that
 * cannot be read, and a socket that has lost its peer, are sources of their own.
 */
export function sourceOf(address: string | undefined): string {
  const text = (address ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  try {
    const { family, bytes } = ipAddress(text);
    if (family === AF_INET) return text;
    return `${ipText(Buffer.concat([bytes.subarray(0, ipv6SourceBytes)], 16))}/64`;
  } catch {
    return text;
  }
}
