import { ipText } from '../../../lib/net/ip.ts';
import { readDomainSearch } from '../protocol/domain-search.ts';
import { code6, type Option6, optionValue, readOptions6 } from './options6.ts';

const mostServers = 8;

/** RFC 5908: suboptions of the option for NTP. Multicast (2) is not used. */
const suboptions = { address: 1, name: 3 } as const;

/** Addresses and names of NTP servers; then those of the option for SNTP (RFC 4075), which is older. */
export function ntpServers(options: readonly Option6[]): string[] {
  const named = options
    .filter(({ code }) => code === code6.ntp)
    .flatMap(({ value }) => readOptions6(value))
    .flatMap(serverOf);
  const sntp = addressesIn(optionValue(options, code6.sntp) ?? Buffer.alloc(0));
  return [...new Set([...named, ...sntp])].slice(0, mostServers);
}

function serverOf({ code, value }: Option6): string[] {
  if (code === suboptions.address) return value.length === 16 ? [ipText(value)] : [];
  if (code !== suboptions.name) return [];
  const { domains, isCut } = readDomainSearch(value);
  return isCut ? [] : domains.slice(0, 1);
}

/** IPv6 addresses, one after another. */
export function addressesIn(value: Buffer): string[] {
  const count = Math.min(mostServers, Math.floor(value.length / 16));
  return Array.from({ length: count }, (_, at) => ipText(value.subarray(at * 16, at * 16 + 16)));
}
