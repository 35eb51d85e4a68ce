import { choice, either, flag, list, record, text, textLike, whole } from '../kinds.ts';

/** `resources:` of an image entry, named as in the OCI runtime specification (config-linux.md, "Control groups"). */

const dropped = 'Accepted there and dropped without a word; here it reaches config.json.';

const deviceRule = record({
  allow: { kind: flag, help: 'Allowed or denied.', required: true },
  type: { kind: choice('a', 'b', 'c'), help: 'a: all, b: block, c: character.', default: 'a' },
  major: { kind: whole(-1), help: 'Major number; -1 for all.', default: 'all' },
  minor: { kind: whole(-1), help: 'Minor number; -1 for all.', default: 'all' },
  access: {
    kind: textLike(/^[rwm]{1,3}$/, 'letters of "rwm"'),
    help: 'r: read, w: write, m: mknod.',
    default: 'rwm',
  },
});

const memory = record({
  limit: { kind: whole(-1), help: 'Most memory, in bytes; -1 for no limit.', example: 67108864 },
  reservation: { kind: whole(-1), help: 'Soft limit, in bytes.' },
  swap: { kind: whole(-1), help: 'Most memory and swap together, in bytes.' },
  kernel: { kind: whole(-1), help: 'Kernel memory limit (cgroup v1 only).' },
  kernelTCP: { kind: whole(-1), help: 'Kernel TCP buffer limit (cgroup v1 only).', linuxkit: dropped },
  swappiness: { kind: whole(0), help: 'Tendency to swap (cgroup v1 only).' },
  disableOOMKiller: { kind: flag, help: 'No OOM killer (cgroup v1 only).', linuxkit: dropped },
});

const cpu = record({
  shares: { kind: whole(0), help: 'Relative weight, 1024 is normal.', example: 512 },
  quota: { kind: whole(), help: 'Microseconds of CPU time in each period.', example: 50000 },
  period: { kind: whole(0), help: 'Length of a period, in microseconds.', example: 100000 },
  realtimeRuntime: {
    kind: whole(),
    help: 'Microseconds for real-time tasks in each period.',
    linuxkit: dropped,
  },
  realtimePeriod: { kind: whole(0), help: 'Length of a real-time period.', linuxkit: dropped },
  cpus: { kind: text, help: 'CPUs to run on.', example: '0-2,5' },
  mems: { kind: text, help: 'Memory nodes to use.', example: '0' },
});

const major = { kind: whole(0), help: 'Major number of the device.', required: true } as const;
const minor = { kind: whole(0), help: 'Minor number of the device.', required: true } as const;

const throttle = list(
  record({
    major,
    minor,
    rate: { kind: whole(0), help: 'Bytes or operations a second.', required: true },
  }),
);

const blockio = record({
  weight: { kind: whole(0, 1000), help: 'Relative weight, 10 to 1000.' },
  leafWeight: { kind: whole(0, 1000), help: 'Weight against child cgroups.', linuxkit: dropped },
  weightDevice: {
    kind: list(
      record({
        major,
        minor,
        weight: { kind: whole(0, 1000), help: 'Weight for this device.' },
        leafWeight: { kind: whole(0, 1000), help: 'Leaf weight for this device.' },
      }),
    ),
    help: 'Weights by device.',
    linuxkit: dropped,
  },
  throttleReadBpsDevice: { kind: throttle, help: 'Read limit, bytes a second.', linuxkit: dropped },
  throttleWriteBpsDevice: { kind: throttle, help: 'Write limit, bytes a second.', linuxkit: dropped },
  throttleReadIOPSDevice: { kind: throttle, help: 'Read limit, operations a second.', linuxkit: dropped },
  throttleWriteIOPSDevice: { kind: throttle, help: 'Write limit, operations a second.', linuxkit: dropped },
});

const hugepageLimit = record({
  pageSize: {
    kind: either(textLike(/^\d{1,9}[KMG]B$/, 'a size such as "2MB"'), whole(1)),
    help: 'Size of the pages, as `2MB` or `1GB`, or in bytes.',
    required: true,
  },
  limit: { kind: whole(0), help: 'Most memory in such pages, in bytes.', required: true },
});

const network = record({
  classID: { kind: whole(0), help: 'Class of its packets (cgroup v1 only).', linuxkit: dropped },
  priorities: {
    kind: list(
      record({
        name: { kind: text, help: 'Interface.', required: true },
        priority: { kind: whole(0), help: 'Priority.', required: true },
      }),
    ),
    help: 'Priorities by interface (cgroup v1 only).',
  },
});

export const resources = record({
  devices: { kind: list(deviceRule), help: 'Which devices may be used.' },
  memory: { kind: memory, help: 'Memory limits.' },
  cpu: { kind: cpu, help: 'CPU limits.' },
  pids: {
    kind: record({ limit: { kind: whole(-1), help: 'Most processes and threads.', required: true } }),
    help: 'Process limit.',
  },
  blockio: { kind: blockio, help: 'Disk limits.' },
  hugepageLimits: { kind: list(hugepageLimit), help: 'Huge page limits.', linuxkit: dropped },
  network: { kind: network, help: 'Network limits.' },
});
