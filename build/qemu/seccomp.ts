import { existsSync } from 'node:fs';

/** Whether this host's kernel has seccomp. Without it, the filters of QEMU and virtiofsd are refused. */
export const hasSeccomp = (): boolean => existsSync('/proc/sys/kernel/seccomp/actions_avail');
