import { bound, type Condition, capability, type Promised, shared } from './promise.ts';

const from = 'service';
const sees: readonly Condition[] = [shared('pid')];

export const neighbours: readonly Promised[] = [
  {
    ...{ id: 'signal-others', from, severity: 'high', unless: sees },
    text: 'cannot end a process of another service, or of the machine',
  },
  {
    ...{ id: 'trace-others', from, severity: 'critical', unless: [...sees, capability('CAP_SYS_PTRACE')] },
    text: 'cannot attach to a process of another service (ptrace)',
  },
  {
    ...{ id: 'read-others', from, severity: 'critical', unless: [...sees, capability('CAP_SYS_PTRACE')] },
    text: 'cannot read the memory of another service',
  },
  {
    ...{ id: 'root-of-others', from, severity: 'critical', unless: [...sees, capability('CAP_SYS_PTRACE')] },
    text: 'cannot reach the files of another service through /proc/PID/root',
  },
  {
    ...{ id: 'machine-files', from, severity: 'high' },
    unless: [
      bound(
        '/containers',
        '/run/layers',
        '/run/kit',
        '/run/containerd',
        '/var/lib/containerd',
        '/run/config',
      ),
    ],
    text: "cannot list other services' bundles, layers and settings",
  },
  {
    ...{ id: 'machine-logs', from, severity: 'medium' },
    unless: [bound('/run/log', '/dev/kmsg'), capability('CAP_SYSLOG')],
    text: "cannot read other services' logs, nor the kernel's",
  },
  {
    ...{ id: 'control-socket', from, severity: 'critical' },
    unless: [bound('/run/kit/control.sock', '/run/kit/operate')],
    text: "cannot connect to the machine's control service",
  },
  {
    ...{ id: 'containerd-socket', from, severity: 'critical', unless: [bound('/run/containerd')] },
    text: 'cannot connect to containerd',
  },
  {
    ...{ id: 'abstract-sockets', from, severity: 'high' },
    text: 'finds no abstract socket of another program that takes its connection',
  },
];
