import { ipAddress, isNetwork } from '../../../lib/net/ip.ts';

/**
 * Whether an address is in a list of `from=` (PATTERNS of ssh_config(5), and networks as 10.0.0.0/8): one
 * item matches, and none with `!`. Names of hosts match nobody: this server asks no DNS.
 * @throws RangeError when an item looks like a network and is none
 */
export function matchesPatterns(address: string, list: string): boolean {
  const found = list.split(',').map((item) => {
    const negated = item.startsWith('!');
    return { negated, matches: matchesPattern(address, negated ? item.slice(1) : item) };
  });
  return found.some(({ matches }) => matches) && !found.some(({ negated, matches }) => negated && matches);
}

/** Whether an address is in a list of addresses and networks, without patterns. @throws RangeError */
export function matchesNetworks(address: string, list: string): boolean {
  // Not `some`: each must be well-formed.
  return list.split(',').filter((item) => inNetwork(address, item)).length > 0;
}

function matchesPattern(address: string, pattern: string): boolean {
  return pattern.includes('/') ? inNetwork(address, pattern) : matchesText(address, pattern);
}

/** `*` is any text, `?` any character. */
export function matchesText(text: string, pattern: string): boolean {
  // No name is longer (RFC 1035 section 2.3.4); the text may be a client's.
  if (text.length > 255) return false;
  const source = pattern
    .toLowerCase()
    .replace(/\*+/g, '*')
    .replace(/[^*?]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16)}}`)
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  return new RegExp(`^${source}$`, 'su').test(text.toLowerCase());
}

function inNetwork(address: string, network: string): boolean {
  const [base = '', length] = network.split('/');
  const { bytes } = ipAddress(base);
  const prefix = length === undefined ? 8 * bytes.length : /^\d{1,3}$/.test(length) ? Number(length) : -1;
  if (prefix < 0 || prefix > 8 * bytes.length || !isNetwork(ipAddress(base), prefix))
    throw new RangeError(`not a network: "${network}"`);
  const own = ipAddress(address.replace(/%.*$/, '')).bytes;
  if (own.length !== bytes.length) return false;
  return own.every((byte, at) => {
    const bits = Math.min(8, Math.max(0, prefix - at * 8));
    return (byte ^ (bytes[at] ?? 0)) >> (8 - bits) === 0;
  });
}
