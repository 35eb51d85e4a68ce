import { interfaceMarks } from '../../lib/bundle/network.ts';
import { ARPHRD_ETHER, type Link } from '../../lib/linux/netlink/rtnetlink-link.ts';

/**
 * Whether this program is to lease an address for the interface. With patterns (`eth*`): Ethernet interfaces whose name matches
 * one. Without: hardware and virtio, and what is called eth0 and the like; not the bridges and veth ends that container engines
 * make, which are none of ours. A port of a bridge or bond never, nor what the manifest has given fixed addresses.
 */
export function isOurs(link: Link, patterns: readonly string[]): boolean {
  if (link.loopback || link.type !== ARPHRD_ETHER || link.master !== 0) return false;
  if (link.alias === interfaceMarks.fixed) return false;
  if (patterns.length > 0) return patterns.some((pattern) => matches(pattern, link.name));
  return link.alias === interfaceMarks.dhcp || link.kind === '' || matches('eth*', link.name);
}

/** Globs with `*` and `?` over the whole name. */
function matches(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(name);
}
