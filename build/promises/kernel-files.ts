import { bound, type Condition, capability, chosen, type Promised } from './promise.ts';

/** Who may mount can mount /proc and /sys anew; who binds them has them. */
const writers: readonly Condition[] = [
  capability('CAP_SYS_ADMIN'),
  bound('/proc', '/sys'),
  chosen('readonlyPaths'),
  chosen('mounts'),
];
const readers: readonly Condition[] = [
  capability('CAP_SYS_ADMIN'),
  bound('/proc', '/sys'),
  chosen('maskedPaths'),
];

const from = 'service';

export const kernelFiles: readonly Promised[] = [
  {
    ...{ id: 'core-pattern', from, severity: 'critical', unless: writers },
    text: 'cannot name the program that the kernel starts for a crash (kernel.core_pattern)',
  },
  {
    ...{ id: 'modprobe-path', from, severity: 'critical', unless: writers },
    text: 'cannot name the program that the kernel starts for a missing module (kernel.modprobe)',
  },
  {
    ...{ id: 'uevent-helper', from, severity: 'critical', unless: writers },
    text: 'cannot name the program that the kernel starts for a new device (uevent_helper)',
  },
  {
    ...{ id: 'binfmt-misc', from, severity: 'critical', unless: writers },
    text: 'cannot register an interpreter for programs (binfmt_misc)',
  },
  {
    ...{ id: 'release-agent', from, severity: 'critical', unless: writers },
    text: 'cannot name the program that the kernel starts for an empty cgroup (release_agent)',
  },
  {
    ...{ id: 'proc-sys', from, severity: 'high', unless: writers },
    text: 'cannot change a setting of the kernel (/proc/sys)',
  },
  {
    ...{ id: 'sysrq-trigger', from, severity: 'high', unless: writers },
    text: "cannot use the kernel's SysRq functions (/proc/sysrq-trigger)",
  },
  {
    ...{ id: 'proc-writes', from, severity: 'medium', unless: writers },
    text: 'cannot write to /proc/irq, /proc/bus, /proc/fs and the like',
  },
  {
    ...{ id: 'sys-writes', from, severity: 'high', unless: [...writers, chosen('readonly')] },
    text: 'cannot write to /sys',
  },
  {
    ...{ id: 'proc-secrets', from, severity: 'medium', unless: readers },
    text: "cannot read the kernel's memory, keys, timers and statistics in /proc",
  },
  {
    ...{ id: 'sys-firmware', from, severity: 'low', unless: readers },
    text: 'cannot read the tables of the firmware (/sys/firmware)',
  },
];
