import { KitError } from '../../../lib/errors/errors.ts';
import type { Arch } from '../../host/arch.ts';

/** What kit adds, unless the manifest names the word itself or another one that settles the same question. */
const defaults: readonly { readonly word: string; readonly unless: readonly string[] }[] = [
  // khugepaged reserves memory per zone: about 120 MiB of a 1 GiB machine.
  { word: 'transparent_hugepage=never', unless: ['transparent_hugepage'] },
  // A machine whose PID 1 died shows why for a second, then starts again or ends.
  { word: 'panic=1', unless: ['panic'] },
  // The console is for people: warnings of the kernel and the lines of init. dmesg has the rest.
  { word: 'quiet', unless: ['quiet', 'debug', 'loglevel', 'ignore_loglevel'] },
  // Mounts, modules and cgroups wait for grace periods all through the boot; these end at once.
  { word: 'rcupdate.rcu_expedited=1', unless: ['rcupdate.rcu_expedited'] },
];

/** The kernel command line of the manifest with kit's defaults after it. */
export function commandLine(given: string, arch: Arch): string {
  const words = given.split(/\s+/).filter((word) => word !== '');
  const named = new Set(words.map((word) => word.split('=')[0]));
  const added = defaults.filter(({ unless }) => !unless.some((name) => named.has(name)));
  return [...serialConsole(words, arch), ...words, ...added.map(({ word }) => word)].join(' ');
}

/** The first serial port of a virtual machine, as its kernel calls it. */
const serialPorts: Readonly<Record<Arch, string>> = { amd64: 'ttyS0', arm64: 'ttyAMA0' };

/**
 * A manifest that names the serial port of another architecture wants a serial console: it gets that of this one too.
 * In front, since the kernel takes the last one that the machine has for /dev/console: some arm64 machines have ttyS0.
 */
function serialConsole(words: readonly string[], arch: Arch): string[] {
  const consoles = words.map((word) => /^console=([^,]*)/.exec(word)?.[1]);
  const own = serialPorts[arch];
  const isSerial = Object.values(serialPorts).some((port) => consoles.includes(port));
  return isSerial && !consoles.includes(own) ? [`console=${own}`] : [];
}

/** COMMAND_LINE_SIZE of x86 and arm64 is 2048, the byte at its end included. */
const limit = 2047;

/** Every kernel cuts a longer one without a word. @throws KitError */
export function refuseLongCommandLine(cmdline: string): void {
  const bytes = Buffer.byteLength(cmdline);
  if (bytes <= limit) return;
  throw new KitError(`Cannot give the kernel a command line of ${bytes} bytes: it reads ${limit}`, {
    hint: 'what is for programs can go into `files:` or their `env:`',
  });
}
