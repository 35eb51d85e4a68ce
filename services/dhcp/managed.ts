import { interfaceMarks } from '../../lib/bundle/network.ts';
import { ARPHRD_ETHER, type Link } from '../../lib/linux/netlink/rtnetlink-link.ts';

/**
 * Whether this program leases an address for the interface. With patterns (`eth*`): Ethernet interfaces whose
 * name matches one. Without: network cards, virtio included, interfaces named eth*, and those the manifest
 * marks `dhcp`; not the bridges and veth ends of container engines. Never ports of a bridge or bond, nor
 * interfaces with fixed addresses in the manifest.
 */
export function isManaged(link: Link, patterns: readonly string[]): boolean {
  if (link.loopback || link.type !== ARPHRD_ETHER || link.master !== 0) return false;
  if (link.alias === interfaceMarks.fixed) return false;
  if (patterns.length > 0) return patterns.some((pattern) => matches(pattern, link.name));
  if (isOnlyIpv6(link)) return true;
  return link.alias === interfaceMarks.dhcp || link.kind === '' || matches('eth*', link.name);
}

/** Whether IPv6 alone is configured: the manifest has fixed IPv4 addresses or none. */
export const isOnlyIpv6 = ({ alias }: Link): boolean => alias === interfaceMarks.dhcp6;

/** Globs with `*` and `?` over the whole name. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(name);
}
