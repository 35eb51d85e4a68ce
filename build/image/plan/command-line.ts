import { kernelWords } from '../../../lib/cmdline/kernel-words.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import type { Arch } from '../../host/arch.ts';

/** A word that kit adds unless the manifest has one of `unless`. */
interface AddedWord {
  readonly word: string;
  readonly unless: readonly string[];
  /** Absent: on every architecture. */
  readonly arch?: Arch;
}

const defaults: readonly AddedWord[] = [
  // khugepaged reserves memory per zone: about 120 MiB of a 1 GiB machine.
  { word: 'transparent_hugepage=never', unless: ['transparent_hugepage'] },
  // When PID 1 dies, the kernel shows why for a second before the machine reboots or powers off.
  { word: 'panic=1', unless: ['panic'] },
  // The console shows warnings of the kernel and the lines of init; dmesg has the rest.
  { word: 'quiet', unless: ['quiet', 'debug', 'loglevel', 'ignore_loglevel'] },
  // Mounts, modules and cgroups wait for RCU grace periods throughout the boot; expedited ones end at once.
  { word: 'rcupdate.rcu_expedited=1', unless: ['rcupdate.rcu_expedited'] },
];

/**
 * For production. The manifest's own word wins: `module.sig_enforce=0` for a kernel whose modules are not
 * signed. Not here: init_on_free=1, which makes every page that is freed cost as much as one that is
 * allocated.
 */
const forProduction: readonly AddedWord[] = [
  // Root cannot change the running kernel: no /dev/mem, no unsigned kexec, no I/O ports.
  { word: 'lockdown=integrity', unless: ['lockdown'] },
  { word: 'module.sig_enforce=1', unless: ['module.sig_enforce'] },
  // Memory is cleared when it is allocated, caches of equal size stay apart, free pages are in random order.
  { word: 'init_on_alloc=1', unless: ['init_on_alloc'] },
  { word: 'slab_nomerge', unless: ['slab_nomerge', 'slab_merge'] },
  { word: 'page_alloc.shuffle=1', unless: ['page_alloc.shuffle'] },
  { word: 'randomize_kstack_offset=on', unless: ['randomize_kstack_offset'] },
  { word: 'vsyscall=none', unless: ['vsyscall'], arch: 'amd64' },
  { word: 'debugfs=off', unless: ['debugfs'] },
];

/** The kernel command line of the manifest with kit's defaults after it. */
export function commandLine(given: string, arch: Arch, production = false): string {
  const words = given.split(/\s+/).filter((word) => word !== '');
  const named = new Set(kernelWords(given).map(({ name }) => name));
  const added = [...defaults, ...(production ? forProduction : [])].filter(
    ({ unless, arch: only = arch }) => only === arch && !unless.some((name) => named.has(name)),
  );
  return withAdded(
    [...serialConsole(words, arch), ...words],
    added.map(({ word }) => word),
  );
}

/** Before `--`: what follows it is for init. */
function withAdded(words: readonly string[], added: readonly string[]): string {
  const end = words.indexOf('--');
  const at = end === -1 ? words.length : end;
  return [...words.slice(0, at), ...added, ...words.slice(at)].join(' ');
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
