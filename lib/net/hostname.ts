import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** The kernel's default names, and those that init derives from a MAC address. */
const unset = /^(|\(none\)|localhost(\.localdomain)?|(kit|linuxkit)-([0-9a-f]{12}|unnamed))$/;

const label = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
const maxLength = 253;
/** __NEW_UTS_LEN, uname(2). */
const kernelLength = 64;

/**
 * The name without a final dot if it is a valid host or domain name (RFC 1123, with underscores), else
 * undefined. Names from DHCP and metadata end up in resolv.conf and in the kernel.
 */
export function cleanHostname(name: string | undefined): string | undefined {
  const plain = name?.replace(/\.$/, '');
  if (plain === undefined || plain.length > maxLength) return undefined;
  return plain.split('.').every((part) => label.test(part)) ? plain : undefined;
}

/** The machine's hostname; undefined while it has only a default one. */
export function chosenHostname(): string | undefined {
  const name = hostname();
  return unset.test(name) ? undefined : name;
}

/**
 * Sets the hostname through /proc, which requires root but no capability (sethostname(2) requires
 * CAP_SYS_ADMIN), so that a container without capabilities can do it. A name too long for the kernel loses
 * its domain.
 */
export function writeHostname(name: string): void {
  const [first = name] = name.split('.');
  writeFileSync('/proc/sys/kernel/hostname', name.length <= kernelLength ? name : first);
}
