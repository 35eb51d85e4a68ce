import { closeSync, constants, openSync, readdirSync, readFileSync, readSync, writeSync } from 'node:fs';
import { mount, unmount } from '../../../lib/linux/mount/mount.ts';
import { rawCall } from '../../../lib/linux/process/raw-call.ts';
import { type Attacks, type Attempt, firstsOf } from '../attack.ts';
import { mountPoint } from '../mount-point.ts';

/** include/uapi/linux/sched.h */
const CLONE_NEWCGROUP = 0x02000000;

/** Files through which root of any namespace reaches the kernel: in /proc, in /sys, in the cgroups. */
export const kernelFiles: Attacks = kernelFilesBelow('');

/** @param root tests have a folder with such files */
export function kernelFilesBelow(root: string): Attacks {
  const proc = (...names: readonly string[]): string[] => names.map((name) => `${root}/proc/${name}`);
  const sys = (...names: readonly string[]): string[] => names.map((name) => `${root}/sys/${name}`);
  const settings = ['panic', 'randomize_va_space', 'sysrq'].map((name) => `sys/kernel/${name}`);
  return {
    'core-pattern': () => firstsOf(proc('sys/kernel/core_pattern'), rewrite),
    'modprobe-path': () => firstsOf(proc('sys/kernel/modprobe'), rewrite),
    'uevent-helper': () => firstsOf([...sys('kernel/uevent_helper'), ...proc('sys/kernel/hotplug')], rewrite),
    'binfmt-misc': () => firstsOf(proc('sys/fs/binfmt_misc/register', 'sys/fs/binfmt_misc/status'), open),
    'release-agent': () => releaseAgent(sys('fs/cgroup', 'fs/cgroup/memory', 'fs/cgroup/cpu')),
    'proc-sys': () =>
      firstsOf(proc(...settings, 'sys/vm/overcommit_memory', 'sys/fs/protected_symlinks'), rewrite),
    'sysrq-trigger': () => firstsOf(proc('sysrq-trigger'), open),
    'proc-writes': () =>
      firstsOf(proc('irq/default_smp_affinity', 'mtrr', 'acpi/wakeup', 'fs/nfsd/threads'), open),
    'proc-secrets': () =>
      firstsOf(
        proc('kcore', 'keys', 'latency_stats', 'timer_list', 'sched_debug', 'interrupts', 'scsi/scsi'),
        read,
      ),
    'sys-writes': () =>
      firstsOf(
        [
          ...sys('kernel/mm/transparent_hugepage/enabled', 'kernel/profiling', 'power/state'),
          ...sys('module/printk/parameters/time', 'kernel/mm/ksm/run', 'class/net/lo/ifalias'),
        ],
        open,
      ),
    'sys-firmware': () => firstsOf(sys('firmware', 'devices/virtual/powercap'), listed),
  };
}

/**
 * The file is in the root of each hierarchy of cgroup v1. Who may mount makes one, without any controller, in
 * the machine's cgroup namespace only.
 */
function releaseAgent(folders: readonly string[]): Attempt {
  const existing = folders.map((path) => () => open(`${path}/release_agent`));
  return firstsOf([...existing, mountedHierarchy, () => inMachinesCgroups(mountedHierarchy)], (act) => act());
}

/** setns(2) changes the calling thread only, and no other code of Node runs until it is changed back. */
function inMachinesCgroups(act: () => Attempt): Attempt {
  const [own, theirs] = ['/proc/thread-self/ns/cgroup', '/proc/1/ns/cgroup'];
  const back = openSync(own, constants.O_RDONLY);
  try {
    const machines = openSync(theirs, constants.O_RDONLY);
    try {
      rawCall('setns', machines, CLONE_NEWCGROUP);
      return act();
    } finally {
      rawCall('setns', back, CLONE_NEWCGROUP);
      closeSync(machines);
    }
  } finally {
    closeSync(back);
  }
}

function mountedHierarchy(): Attempt {
  mount('audit', mountPoint, 'cgroup', ['none', 'name=audit']);
  try {
    return open(`${mountPoint}/release_agent`);
  } finally {
    unmount(mountPoint, { lazy: true });
  }
}

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
