import type { Promised } from './promise.ts';

const from = 'machine';
const only = ['machine'] as const;
const production = ['machine', 'production'] as const;

export const machine: readonly Promised[] = [
  {
    ...{ id: 'listening-ports', from, severity: 'high' },
    text: 'no port is open that no service declares (`ports`, `ready`, `control.listen`), but for DHCPv6',
  },
  {
    ...{ id: 'kernel-pointers', from, severity: 'medium', only },
    text: 'the kernel shows no addresses of its own (kernel.kptr_restrict)',
  },
  {
    ...{ id: 'kernel-log-restricted', from, severity: 'medium', only },
    text: "the kernel's log takes CAP_SYSLOG (kernel.dmesg_restrict)",
  },
  {
    ...{ id: 'unprivileged-bpf', from, severity: 'high', only },
    text: 'BPF takes CAP_BPF (kernel.unprivileged_bpf_disabled)',
  },
  {
    ...{ id: 'unprivileged-perf', from, severity: 'medium', only },
    text: 'kernel profiling takes CAP_PERFMON (kernel.perf_event_paranoid)',
  },
  {
    ...{ id: 'ptrace-scope', from, severity: 'medium', only },
    text: 'a process attaches to its own children at most (kernel.yama.ptrace_scope)',
  },
  {
    ...{ id: 'protected-links', from, severity: 'medium', only },
    text: 'links, pipes and files of others in shared folders are not followed (fs.protected_…)',
  },
  {
    ...{ id: 'set-user-id-dumps', from, severity: 'medium', only },
    text: 'programs with more privileges than their user dump no core (fs.suid_dumpable)',
  },
  {
    ...{ id: 'metadata-secrets', from, severity: 'high' },
    text: 'secrets that came with the metadata are readable to root alone',
  },
  {
    ...{ id: 'inspector-signal', from, severity: 'critical', only: ['production'] },
    text: 'no Node program opens a debugger port on SIGUSR1',
  },
  {
    ...{ id: 'ptrace-root', from, severity: 'high', only: production },
    text: 'not even root can attach to a process, or read its memory',
  },
  {
    ...{ id: 'kexec-root', from, severity: 'high', only: production },
    text: 'not even root can load another kernel',
  },
  {
    ...{ id: 'sysrq-off', from, severity: 'medium', only: production },
    text: "the kernel's SysRq functions are off (kernel.sysrq)",
  },
  {
    ...{ id: 'kernel-lockdown', from, severity: 'high', only: production },
    text: 'not even root reaches memory and ports of the hardware (lockdown=integrity)',
  },
  {
    ...{ id: 'module-signatures', from, severity: 'high', only: production },
    text: 'the kernel takes only signed modules (module.sig_enforce)',
  },
  {
    ...{ id: 'core-files', from, severity: 'medium', only: production },
    text: 'a crash leaves no core file (kernel.core_pattern)',
  },
  {
    ...{ id: 'no-console-program', from, severity: 'high', only: ['production'] },
    text: 'no program waits for a login on a console',
  },
];
