/** Hidden from containers: the machine's memory, keys, timing. moby's list (oci/defaults.go). */
export const maskedPaths: readonly string[] = [
  '/proc/acpi',
  '/proc/asound',
  '/proc/interrupts',
  '/proc/kcore',
  '/proc/keys',
  '/proc/latency_stats',
  '/proc/sched_debug',
  '/proc/scsi',
  '/proc/timer_list',
  '/proc/timer_stats',
  '/sys/devices/virtual/powercap',
  '/sys/firmware',
];

/** Read-only in containers: the kernel lets uid 0 write there without any capability. moby's list. */
export const readonlyPaths: readonly string[] = [
  '/proc/bus',
  '/proc/fs',
  '/proc/irq',
  '/proc/sys',
  '/proc/sysrq-trigger',
];

/** The folders of /proc/sys, except `net`, whose settings are those of the network namespace. */
const sysctlFolders = ['abi', 'crypto', 'debug', 'dev', 'fs', 'kernel', 'sunrpc', 'user', 'vm'];

/** The same for a container that administers a network. */
export const readonlyExceptNetwork: readonly string[] = readonlyPaths.flatMap((path) =>
  path === '/proc/sys' ? sysctlFolders.map((folder) => `${path}/${folder}`) : [path],
);

/** The paths that no mount of the entry's own covers: what it mounts itself, it gets. */
export const notMounted = (paths: readonly string[], destinations: ReadonlySet<string>): string[] =>
  paths.filter((path) => !foldersAbove(path).some((folder) => destinations.has(folder)));

/** `/proc/sys` → `/proc/sys`, `/proc` */
function foldersAbove(path: string): string[] {
  const names = path.split('/').slice(1);
  return names.map((_, at) => `/${names.slice(0, at + 1).join('/')}`);
}
