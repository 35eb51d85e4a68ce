import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names that a kernel has before anybody gave it one, and those init makes up from a MAC address. */
const unset = /^(|\(none\)|localhost(\.localdomain)?|(kit|linuxkit)-([0-9a-f]{12}|unnamed))$/;

const label = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
const maximalLength = 253;
/** __NEW_UTS_LEN, uname(2). */
const kernelLength = 64;

/**
 * The name without its final dot when it is a host or domain name (RFC 1123, and underscores), else undefined: names from
 * outside end in resolv.conf and in the kernel.
 */
export function cleanHostname(name: string | undefined): string | undefined {
  const plain = name?.replace(/\.$/, '');
  if (plain === undefined || plain.length > maximalLength) return undefined;
  return plain.split('.').every((part) => label.test(part)) ? plain : undefined;
}

/** The machine's name, or undefined when nobody chose one yet. */
export function chosenHostname(): string | undefined {
  const name = hostname();
  return unset.test(name) ? undefined : name;
}

/**
 * Names the machine through /proc, which only asks for the root user where sethostname(2) asks for CAP_SYS_ADMIN:
 * so a container that may do nothing else can do it. A name too long for the kernel loses its domain.
 */
export function writeHostname(name: string): void {
  const [first = name] = name.split('.');
  writeFileSync('/proc/sys/kernel/hostname', name.length <= kernelLength ? name : first);
}
