/** Names that come from the network end in resolv.conf and in the kernel: only plain ones pass. */

const label = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
const maximalLength = 253;

/** The name without its final dot when it is a host or domain name (RFC 1123), else undefined. */
export function cleanHostname(name: string | undefined): string | undefined {
  const plain = name?.replace(/\.$/, '');
  if (plain === undefined || plain.length > maximalLength) return undefined;
  return plain.split('.').every((part) => label.test(part)) ? plain : undefined;
}
