import { closeSync, constants, openSync, readdirSync, readFileSync, readSync, writeSync } from 'node:fs';
import { type Attacks, type Attempt, firstsOf } from '../attack.ts';

/** Files through which root of any namespace reaches the kernel: in /proc, in /sys, in the cgroups. */
export const kernelFiles: Attacks = {
  'core-pattern': () => rewrite('/proc/sys/kernel/core_pattern'),
  'modprobe-path': () => rewrite('/proc/sys/kernel/modprobe'),
  'uevent-helper': () => firstsOf(['/sys/kernel/uevent_helper', '/proc/sys/kernel/hotplug'], rewrite),
  'binfmt-misc': () =>
    firstsOf(
      ['register', 'status'].map((name) => `/proc/sys/fs/binfmt_misc/${name}`),
      open,
    ),
  'release-agent': () =>
    firstsOf(
      ['/sys/fs/cgroup', '/sys/fs/cgroup/memory', '/sys/fs/cgroup/cpu'].map(
        (path) => `${path}/release_agent`,
      ),
      open,
    ),
  'proc-sys': () =>
    firstsOf(
      [
        'kernel/panic',
        'kernel/randomize_va_space',
        'kernel/sysrq',
        'vm/overcommit_memory',
        'fs/protected_symlinks',
      ].map((name) => `/proc/sys/${name}`),
      rewrite,
    ),
  'sysrq-trigger': () => open('/proc/sysrq-trigger'),
  'proc-writes': () =>
    firstsOf(
      ['/proc/irq/default_smp_affinity', '/proc/mtrr', '/proc/acpi/wakeup', '/proc/fs/nfsd/threads'],
      open,
    ),
  'proc-secrets': () =>
    firstsOf(
      ['kcore', 'keys', 'latency_stats', 'timer_list', 'sched_debug', 'scsi/scsi'].map(
        (name) => `/proc/${name}`,
      ),
      read,
    ),
  'sys-writes': () =>
    firstsOf(
      [
        ...['/sys/kernel/mm/transparent_hugepage/enabled', '/sys/kernel/profiling', '/sys/power/state'],
        ...['/sys/module/printk/parameters/time', '/sys/kernel/mm/ksm/run', '/sys/class/net/lo/ifalias'],
      ],
      open,
    ),
  'sys-firmware': () => firstsOf(['/sys/firmware', '/sys/devices/virtual/powercap'], listed),
};

/** Writes what the file holds already: nothing changes, but something else could have been written. */
function rewrite(path: string): Attempt {
  const text = readFileSync(path, 'utf8');
  const fd = openSync(path, constants.O_WRONLY);
  try {
    writeSync(fd, text);
    return `wrote ${path}`;
  } finally {
    closeSync(fd);
  }
}

/** Opens a file to write, and writes nothing: each byte would be an order. */
function open(path: string): Attempt {
  closeSync(openSync(path, constants.O_WRONLY));
  return `opened ${path} for writing`;
}

/** An empty file, or /dev/null in its place, gives nothing away. */
function read(path: string): Attempt {
  const fd = openSync(path, constants.O_RDONLY);
  try {
    return readSync(fd, Buffer.alloc(64)) > 0 ? `read ${path}` : undefined;
  } finally {
    closeSync(fd);
  }
}

const listed = (path: string): Attempt => (readdirSync(path).length > 0 ? `listed ${path}` : undefined);
