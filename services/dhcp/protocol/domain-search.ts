import { cleanHostname } from '../../../lib/net/hostname.ts';

/** resolv.conf(5): resolvers read at most six domains of the `search` line. */
const maximalDomains = 6;
const maximalLabels = 128;

/**
 * The domains of option 119: names as in DNS messages (RFC 1035 section 4.1.4), compressed by pointers into
 * the option itself (RFC 3397). `isCut`: reading stopped at malformed data, or a name is no domain name.
 *
 *     u8 length below 64 | label … u8 0     or     u8 192 + high bits | u8 low bits: continue at that offset
 */
export function readDomainSearch(bytes: Buffer): { domains: string[]; isCut: boolean } {
  const domains: string[] = [];
  let isCut = false;
  for (let at = 0; at < bytes.length && domains.length < maximalDomains; ) {
    const name = readName(bytes, at);
    if (name === undefined) return { domains, isCut: true };
    const domain = cleanHostname(name.labels.join('.'));
    if (domain === undefined) isCut = true;
    else domains.push(domain);
    at = name.next;
  }
  return { domains, isCut };
}

/** Rejects pointers that do not point backwards, which excludes loops. */
function readName(bytes: Buffer, start: number): { labels: string[]; next: number } | undefined {
  const labels: string[] = [];
  let next: number | undefined;
  let segment = start;
  for (let at = start; labels.length <= maximalLabels; ) {
    const length = bytes[at];
    if (length === undefined) return undefined;
    if (length === 0) return { labels, next: next ?? at + 1 };
    if (length >= 192) {
      const low = bytes[at + 1];
      if (low === undefined) return undefined;
      const target = ((length & 63) << 8) | low;
      if (target >= segment) return undefined;
      next ??= at + 2;
      segment = target;
      at = target;
      continue;
    }
    if (length >= 64 || at + 1 + length > bytes.length) return undefined;
    labels.push(bytes.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return undefined;
}
