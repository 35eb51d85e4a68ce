import {
  boolean,
  choice,
  either,
  int64,
  integer,
  list,
  record,
  string,
  stringLike,
  uint64,
} from '../kinds.ts';

/**
 * `resources:` of an image entry, with keys as in the OCI runtime spec (config-linux.md, "Control groups").
 */

const dropped = 'Accepted, but dropped silently.';

const deviceRule = record({
  allow: { kind: boolean, help: 'Whether access is allowed or denied.', required: true },
  type: { kind: choice('a', 'b', 'c'), help: '`a`: all, `b`: block, `c`: character.', default: 'a' },
  major: { kind: integer(-1), help: 'Major number; -1 for all.', default: 'all' },
  minor: { kind: integer(-1), help: 'Minor number; -1 for all.', default: 'all' },
  access: {
    kind: stringLike(/^[rwm]{1,3}$/, 'letters of "rwm"'),
    help: '`r`: read, `w`: write, `m`: mknod.',
    default: 'rwm',
  },
});

const memory = record({
  limit: { kind: int64(-1n), help: 'Maximum memory in bytes; -1 for no limit.', example: 67108864 },
  reservation: { kind: int64(-1n), help: 'Soft limit in bytes.' },
  swap: { kind: int64(-1n), help: 'Maximum of memory and swap together, in bytes.' },
  kernel: { kind: int64(-1n), help: "Kernel memory limit (cgroup v1 only: refused with kit's init)." },
  kernelTCP: {
    kind: int64(-1n),
    help: "Kernel TCP buffer limit (cgroup v1 only: refused with kit's init).",
    linuxkit: dropped,
  },
  swappiness: { kind: uint64(), help: "Tendency to swap (cgroup v1 only: refused with kit's init)." },
  disableOOMKiller: {
    kind: boolean,
    help: "Disables the OOM killer (cgroup v1 only: refused with kit's init).",
    linuxkit: dropped,
  },
});

const cpu = record({
  shares: { kind: uint64(), help: 'Relative weight; the default of the kernel is 1024.', example: 512 },
  quota: { kind: int64(), help: 'CPU time in each period, in microseconds.', example: 50000 },
  period: { kind: uint64(), help: 'Length of a period, in microseconds.', example: 100000 },
  realtimeRuntime: {
    kind: int64(),
    help: "CPU time of real-time tasks in each period, in microseconds (cgroup v1 only: refused with kit's init).",
    linuxkit: dropped,
  },
  realtimePeriod: {
    kind: uint64(),
    help: "Length of a real-time period, in microseconds (cgroup v1 only: refused with kit's init).",
    linuxkit: dropped,
  },
  cpus: { kind: string, help: 'CPUs to run on, cpuset(7).', example: '0-2,5' },
  mems: { kind: string, help: 'Memory nodes to use, cpuset(7).', example: '0' },
});

const major = { kind: integer(0), help: 'Major number of the device.', required: true } as const;
const minor = { kind: integer(0), help: 'Minor number of the device.', required: true } as const;

const throttle = list(
  record({
    major,
    minor,
    rate: { kind: uint64(), help: 'Bytes or operations per second.', required: true },
  }),
);

const blockio = record({
  weight: { kind: integer(0, 1000), help: 'Relative weight, 10 to 1000.' },
  leafWeight: { kind: integer(0, 1000), help: 'Weight relative to child cgroups.', linuxkit: dropped },
  weightDevice: {
    kind: list(
      record({
        major,
        minor,
        weight: { kind: integer(0, 1000), help: 'Weight for this device.' },
        leafWeight: { kind: integer(0, 1000), help: 'Leaf weight for this device.' },
      }),
    ),
    help: 'Weights by device.',
    linuxkit: dropped,
  },
  throttleReadBpsDevice: { kind: throttle, help: 'Read limit in bytes per second.', linuxkit: dropped },
  throttleWriteBpsDevice: { kind: throttle, help: 'Write limit in bytes per second.', linuxkit: dropped },
  throttleReadIOPSDevice: { kind: throttle, help: 'Read limit in operations per second.', linuxkit: dropped },
  throttleWriteIOPSDevice: {
    kind: throttle,
    help: 'Write limit in operations per second.',
    linuxkit: dropped,
  },
});

const hugepageLimit = record({
  pageSize: {
    kind: either(stringLike(/^\d{1,9}[KMG]B$/, 'a size such as "2MB"'), integer(1)),
    help: 'Page size: `2MB`, `1GB`, or a number of bytes.',
    required: true,
  },
  limit: { kind: uint64(), help: 'Maximum memory in pages of this size, in bytes.', required: true },
});

const network = record({
  classID: {
    kind: integer(0, 2 ** 32 - 1),
    help: "Class id of network packets (cgroup v1 only: refused with kit's init).",
    linuxkit: dropped,
  },
  priorities: {
    kind: list(
      record({
        name: { kind: string, help: 'Name of the interface.', required: true },
        priority: { kind: integer(0, 2 ** 32 - 1), help: 'Priority.', required: true },
      }),
    ),
    help: "Packet priorities by interface (cgroup v1 only: refused with kit's init).",
  },
});

export const resourcesKind = record({
  devices: { kind: list(deviceRule), help: 'Device access rules.' },
  memory: { kind: memory, help: 'Memory limits.' },
  cpu: { kind: cpu, help: 'CPU limits.' },
  pids: {
    kind: record({
      limit: { kind: int64(-1n), help: 'Maximum number of processes and threads.', required: true },
    }),
    help: 'Limit of processes.',
  },
  blockio: { kind: blockio, help: 'Disk I/O limits.' },
  hugepageLimits: { kind: list(hugepageLimit), help: 'Huge page limits.', linuxkit: dropped },
  network: { kind: network, help: 'Network limits.' },
});
