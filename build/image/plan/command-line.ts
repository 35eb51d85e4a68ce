import { KitError } from '../../../lib/errors/errors.ts';
import type { Arch } from '../../host/arch.ts';

/** Words that kit adds unless the manifest has one of `unless`. */
const defaults: readonly { readonly word: string; readonly unless: readonly string[] }[] = [
  // khugepaged reserves memory per zone: about 120 MiB of a 1 GiB machine.
  { word: 'transparent_hugepage=never', unless: ['transparent_hugepage'] },
  // When PID 1 dies, the kernel shows why for a second before the machine reboots or powers off.
  { word: 'panic=1', unless: ['panic'] },
  // The console shows warnings of the kernel and the lines of init; dmesg has the rest.
  { word: 'quiet', unless: ['quiet', 'debug', 'loglevel', 'ignore_loglevel'] },
  // Mounts, modules and cgroups wait for RCU grace periods throughout the boot; expedited ones end at once.
  { word: 'rcupdate.rcu_expedited=1', unless: ['rcupdate.rcu_expedited'] },
];

/** The kernel command line of the manifest with kit's defaults after it. */
export function commandLine(given: string, arch: Arch): string {
  const words = given.split(/\s+/).filter((word) => word !== '');
  const named = new Set(words.map((word) => word.split('=')[0]));
  const added = defaults.filter(({ unless }) => !unless.some((name) => named.has(name)));
  return [...serialConsole(words, arch), ...words, ...added.map(({ word }) => word)].join(' ');
}

/** The kernel's name of a virtual machine's first serial port. */
const serialPorts: Readonly<Record<Arch, string>> = { amd64: 'ttyS0', arm64: 'ttyAMA0' };

/**
 * Adds this architecture's serial port to a command line that names only another architecture's. It is put
 * first, since /dev/console is the last `console=` that the machine has, and some arm64 machines do have
 * ttyS0.
 */
function serialConsole(words: readonly string[], arch: Arch): string[] {
  const consoles = words.map((word) => /^console=([^,]*)/.exec(word)?.[1]);
  const own = serialPorts[arch];
  const isSerial = Object.values(serialPorts).some((port) => consoles.includes(port));
  return isSerial && !consoles.includes(own) ? [`console=${own}`] : [];
}

/** COMMAND_LINE_SIZE of x86 and arm64 is 2048, including the terminating NUL. */
const limit = 2047;

/** @throws KitError for a command line that the kernel would truncate without a warning */
export function refuseLongCommandLine(cmdline: string): void {
  const bytes = Buffer.byteLength(cmdline);
  if (bytes <= limit) return;
  throw new KitError(`Cannot give the kernel a command line of ${bytes} bytes: it reads ${limit}`, {
    hint: 'move what is for programs into `files:` or their `env:`',
  });
}
