import { type Condition, capability, chosen, type Promised } from './promise.ts';

const from = 'service';

/** A promise that the seccomp filter keeps, which an entry may switch off; capabilities open parts of it. */
const filtered = (...capabilities: readonly string[]): readonly Condition[] => [
  capability(...capabilities, 'CAP_SYS_ADMIN'),
  chosen('seccomp'),
];

export const systemCalls: readonly Promised[] = [
  {
    ...{ id: 'user-namespaces', from, severity: 'high', unless: filtered() },
    text: 'cannot make a user namespace, and be root of it',
  },
  {
    ...{ id: 'other-namespaces', from, severity: 'medium', unless: filtered() },
    text: 'cannot make a network namespace',
  },
  {
    ...{ id: 'keyring', from, severity: 'medium', unless: filtered() },
    text: "cannot use the kernel's keyrings",
  },
  { ...{ id: 'bpf', from, severity: 'high', unless: filtered('CAP_BPF') }, text: 'cannot load BPF programs' },
  {
    ...{ id: 'perf-events', from, severity: 'medium', unless: filtered('CAP_PERFMON') },
    text: 'cannot observe the processor (perf_event_open)',
  },
  { ...{ id: 'userfaultfd', from, severity: 'medium', unless: filtered() }, text: 'cannot use userfaultfd' },
  { ...{ id: 'io-uring', from, severity: 'medium', unless: filtered() }, text: 'cannot use io_uring' },
  {
    ...{ id: 'kexec', from, severity: 'critical', unless: filtered('CAP_SYS_BOOT') },
    text: 'cannot load another kernel',
  },
  {
    ...{ id: 'load-module', from, severity: 'critical', unless: filtered('CAP_SYS_MODULE') },
    text: 'cannot load a kernel module',
  },
  {
    ...{ id: 'file-handles', from, severity: 'critical', unless: filtered('CAP_DAC_READ_SEARCH') },
    text: 'cannot open files by handle, past its root (open_by_handle_at)',
  },
  {
    ...{ id: 'kernel-log', from, severity: 'medium', unless: filtered('CAP_SYSLOG') },
    text: "cannot read the kernel's log",
  },
  {
    ...{ id: 'process-accounting', from, severity: 'low', unless: filtered('CAP_SYS_PACCT') },
    text: 'cannot switch process accounting',
  },
  { ...{ id: 'swap', from, severity: 'medium', unless: filtered() }, text: 'cannot switch swap on' },
  {
    ...{ id: 'clock', from, severity: 'medium', unless: filtered('CAP_SYS_TIME') },
    text: 'cannot set the clock',
  },
  {
    ...{ id: 'reboot', from, severity: 'high', unless: filtered('CAP_SYS_BOOT') },
    text: 'cannot reboot the machine',
  },
  {
    ...{ id: 'io-ports', from, severity: 'critical', unless: filtered('CAP_SYS_RAWIO') },
    text: 'cannot reach the ports of the hardware (iopl)',
  },
];
