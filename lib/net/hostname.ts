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
export const chosenHostname = (): string | undefined => chosenName(hostname());

/** A hostname; undefined for one that the kernel or init chose by default. */
export function chosenName(name: string): string | undefined {
  return unset.test(name) ? undefined : name;
}

/** The name as the kernel can hold it: one that is too long loses its domain. */
export function kernelHostname(name: string): string {
  const [first = name] = name.split('.');
  return name.length <= kernelLength ? name : first;
}

/**
 * Where services ask for a hostname: a file with the name, which init reads (init/host/hostname.ts). The
 * name of a DHCP lease counts only if the machine has a default one.
 */
export const leasedHostname = { folder: '/run/dhcp', path: '/run/dhcp/hostname' } as const;
export const metadataHostname = { folder: '/run/config', path: '/run/config/hostname' } as const;
