import { choice, flag, list, map, record, text, textLike, whole } from './kinds.ts';

/** Rows that several fields share: the nested maps of an image entry, named as in the OCI runtime specification. */

export const mount = record({
  destination: { kind: text, help: 'Path in the container.' },
  type: { kind: text, help: 'File system type; `bind` for a bind mount.' },
  source: { kind: text, help: 'What is mounted: a device, a path of the machine, the name of a volume.' },
  options: { kind: list(text), help: 'Mount options as in fstab(5).' },
});

/** An octal number as text, as chmod(1) takes it. */
export const octal = textLike(/^[0-7]{1,5}$/, 'an octal number in quotes such as "0644"');

export const device = record({
  path: {
    kind: text,
    help: 'Path in the container; `all` for a rule without a device node.',
    required: true,
  },
  type: {
    kind: choice('a', 'b', 'c', 'u', 'p'),
    help: 'a: all, b: block, c and u: character, p: fifo.',
    required: true,
  },
  major: { kind: whole(-1), help: 'Major number.', default: '0' },
  minor: { kind: whole(-1), help: 'Minor number.', default: '0' },
  mode: { kind: octal, help: 'Permission bits; needed unless `path` is `all`.' },
});

const deviceRule = record({
  allow: { kind: flag, help: 'Allowed or denied.', required: true },
  type: { kind: choice('a', 'b', 'c'), help: 'a: all, b: block, c: character.' },
  major: { kind: whole(-1), help: 'Major number.' },
  minor: { kind: whole(-1), help: 'Minor number.' },
  access: { kind: textLike(/^[rwm]{1,3}$/, 'letters of "rwm"'), help: 'r: read, w: write, m: mknod.' },
});

const memory = record({
  limit: { kind: whole(-1), help: 'Most memory, in bytes; -1 for no limit.' },
  reservation: { kind: whole(-1), help: 'Soft limit, in bytes.' },
  swap: { kind: whole(-1), help: 'Most memory and swap together, in bytes.' },
  kernel: { kind: whole(-1), help: 'Kernel memory limit (cgroup v1 only).' },
  kernelTCP: { kind: whole(-1), help: 'Kernel TCP buffer limit (cgroup v1 only).' },
  swappiness: { kind: whole(0), help: 'Tendency to swap (cgroup v1 only).' },
  disableOOMKiller: { kind: flag, help: 'No OOM killer (cgroup v1 only).' },
});

const cpu = record({
  shares: { kind: whole(0), help: 'Relative weight, 1024 is normal.' },
  quota: { kind: whole(), help: 'Microseconds of CPU time in each period.' },
  period: { kind: whole(0), help: 'Length of a period, in microseconds.' },
  realtimeRuntime: { kind: whole(), help: 'Microseconds for real-time tasks in each period.' },
  realtimePeriod: { kind: whole(0), help: 'Length of a real-time period.' },
  cpus: { kind: text, help: 'CPUs to run on: `0-2,5`.' },
  mems: { kind: text, help: 'Memory nodes to use.' },
});

const throttle = list(
  record({
    major: { kind: whole(0), help: 'Major number of the device.', required: true },
    minor: { kind: whole(0), help: 'Minor number of the device.', required: true },
    rate: { kind: whole(0), help: 'Bytes or operations a second.', required: true },
  }),
);

const blockio = record({
  weight: { kind: whole(0, 1000), help: 'Relative weight, 10 to 1000.' },
  leafWeight: { kind: whole(0, 1000), help: 'Weight against child cgroups.' },
  weightDevice: {
    kind: list(
      record({
        major: { kind: whole(0), help: 'Major number of the device.', required: true },
        minor: { kind: whole(0), help: 'Minor number of the device.', required: true },
        weight: { kind: whole(0, 1000), help: 'Weight for this device.' },
        leafWeight: { kind: whole(0, 1000), help: 'Leaf weight for this device.' },
      }),
    ),
    help: 'Weights by device.',
  },
  throttleReadBpsDevice: { kind: throttle, help: 'Read limit, bytes a second.' },
  throttleWriteBpsDevice: { kind: throttle, help: 'Write limit, bytes a second.' },
  throttleReadIOPSDevice: { kind: throttle, help: 'Read limit, operations a second.' },
  throttleWriteIOPSDevice: { kind: throttle, help: 'Write limit, operations a second.' },
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
  hugepageLimits: {
    kind: list(
      record({
        pageSize: { kind: text, help: '`2MB`, `1GB`.', required: true },
        limit: { kind: whole(0), help: 'Bytes.', required: true },
      }),
    ),
    help: 'Huge page limits.',
  },
  network: {
    kind: record({
      classID: { kind: whole(0), help: 'Class of its packets (cgroup v1 only).' },
      priorities: {
        kind: list(
          record({
            name: { kind: text, help: 'Interface.', required: true },
            priority: { kind: whole(0), help: 'Priority.', required: true },
          }),
        ),
        help: 'Priorities by interface (cgroup v1 only).',
      },
    }),
    help: 'Network limits.',
  },
});

export const idMapping = record({
  hostID: { kind: whole(0), help: 'First id on the machine.', required: true },
  containerID: { kind: whole(0), help: 'First id in the container.', required: true },
  size: { kind: whole(1), help: 'How many ids.', required: true },
});

export const runtime = record({
  cgroups: { kind: list(text), help: 'Control groups to create first.' },
  mounts: { kind: list(mount), help: 'Mounted first; a relative destination is in the container.' },
  mkdir: { kind: list(text), help: 'Folders made after these mounts.' },
  interfaces: {
    kind: list(
      record({
        name: { kind: text, help: 'Name of the interface.' },
        add: { kind: text, help: 'Kind to add (`veth`, `dummy`…); none moves an existing one in.' },
        peer: { kind: text, help: 'The other end of a veth pair.' },
        createInRoot: { kind: flag, help: 'Made in the machine, then moved.' },
      }),
    ),
    help: 'Network interfaces for the container.',
  },
  bindNS: {
    kind: record({
      cgroup: { kind: text, help: 'Path.' },
      ipc: { kind: text, help: 'Path.' },
      mnt: { kind: text, help: 'Path.' },
      net: { kind: text, help: 'Path.' },
      pid: { kind: text, help: 'Path.' },
      user: { kind: text, help: 'Path.' },
      uts: { kind: text, help: 'Path.' },
    }),
    help: 'Paths that the namespaces of the container are bound to.',
  },
  namespace: { kind: text, help: 'Namespace in containerd.', default: 'services.linuxkit' },
});

/** Free text by free name. */
export const texts = map(text);
