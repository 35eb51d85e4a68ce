import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** Names that a kernel has before anybody gave it one, and those init makes up from a MAC address. */
const unset = /^(|\(none\)|localhost(\.localdomain)?|(kit|linuxkit)-[0-9a-f]{12})$/;

/** The machine's name, or undefined when nobody chose one yet. */
export function chosenHostname(): string | undefined {
  const name = hostname();
  return unset.test(name) ? undefined : name;
}

/**
 * Names the machine through /proc, which only asks for the root user where sethostname(2) asks for CAP_SYS_ADMIN:
 * so a container that may do nothing else can do it. The name is at most 64 bytes (uname(2)).
 */
export function writeHostname(name: string): void {
  writeFileSync('/proc/sys/kernel/hostname', name);
}
