import {
  bound,
  capability,
  chosen,
  everyCapability,
  hasDevices,
  type Promised,
  shared,
  writableRoot,
} from './promise.ts';

const from = 'service';

export const privileges: readonly Promised[] = [
  {
    ...{
      id: 'no-new-privileges',
      from,
      severity: 'medium',
      unless: [chosen('noNewPrivileges'), everyCapability],
    },
    text: 'gains no privilege by executing a program (no_new_privs)',
  },
  {
    ...{ id: 'seccomp-filter', from, severity: 'high', unless: [chosen('seccomp'), everyCapability] },
    text: 'has its system calls filtered (seccomp)',
  },
  {
    ...{ id: 'capabilities', from, severity: 'high' },
    // Of those that it holds, each must be one that it asked for: build/audit/judge.ts.
    text: 'holds no capability',
  },
  {
    ...{ id: 'user-namespace', from, severity: 'high', only: ['machine'], unless: [shared('userns')] },
    text: "is root of its own user namespace at most, not the machine's root",
  },
  {
    ...{ id: 'own-ids', from, severity: 'medium', only: ['machine'], unless: [shared('userns')] },
    text: 'has user ids that no other service has, nor the machine',
  },
  {
    ...{
      id: 'own-namespaces',
      from,
      severity: 'medium',
      unless: [shared('pid'), shared('ipc'), shared('uts')],
    },
    text: 'has process, IPC, host name and cgroup namespaces of its own',
  },
  {
    ...{ id: 'root-files', from, severity: 'medium', unless: [writableRoot] },
    text: 'cannot change the programs that it runs (its root file system is read-only)',
  },
  {
    ...{ id: 'make-device', from, severity: 'critical', unless: [capability('CAP_MKNOD')] },
    text: 'cannot make a device node',
  },
  {
    ...{ id: 'open-device', from, severity: 'high', unless: [hasDevices, bound('/dev')] },
    text: 'has no device beyond the usual ones',
  },
  {
    ...{ id: 'raw-socket', from, severity: 'high', unless: [capability('CAP_NET_RAW')] },
    text: 'cannot send or receive raw packets',
  },
  {
    ...{ id: 'network-settings', from, severity: 'high', unless: [capability('CAP_NET_ADMIN')] },
    text: 'cannot change network interfaces',
  },
  {
    ...{ id: 'mount', from, severity: 'critical', unless: [capability('CAP_SYS_ADMIN')] },
    text: 'cannot mount a file system',
  },
  {
    ...{ id: 'mount-kernel-files', from, severity: 'critical', unless: [capability('CAP_SYS_ADMIN')] },
    text: "cannot mount the kernel's own file systems (cgroup, proc, sysfs, debugfs, …)",
  },
  {
    ...{ id: 'remount-root', from, severity: 'critical', unless: [capability('CAP_SYS_ADMIN')] },
    text: 'cannot remount its root to write to it',
  },
  {
    ...{ id: 'remount-proc', from, severity: 'critical', unless: [capability('CAP_SYS_ADMIN')] },
    text: 'cannot remount /proc and /sys to write to them',
  },
  {
    ...{ id: 'unmount', from, severity: 'high', unless: [capability('CAP_SYS_ADMIN')] },
    text: 'cannot unmount what hides a part of /proc or /dev',
  },
  {
    ...{ id: 'change-root', from, severity: 'low', unless: [capability('CAP_SYS_CHROOT')] },
    text: 'cannot change its root folder (chroot)',
  },
  {
    ...{
      id: 'process-limit',
      from,
      severity: 'medium',
      only: ['machine'],
      unless: [chosen('resources'), everyCapability],
    },
    text: 'cannot start processes without end (pids.max)',
  },
  {
    ...{
      id: 'memory-limit',
      from,
      severity: 'medium',
      only: ['machine'],
      unless: [chosen('resources'), everyCapability],
    },
    text: 'cannot take all of the memory (memory.max)',
  },
  {
    ...{ id: 'file-limit', from, severity: 'low', unless: [chosen('rlimits'), everyCapability] },
    text: 'cannot open files without end (RLIMIT_NOFILE)',
  },
  {
    ...{ id: 'core-dumps', from, severity: 'medium', only: ['production'], unless: [chosen('rlimits')] },
    text: 'dumps no core (RLIMIT_CORE)',
  },
  {
    ...{ id: 'inspector-folder', from, severity: 'high', only: ['production'] },
    text: 'has no folder through which a debugger is attached',
  },
];
