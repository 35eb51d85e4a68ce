import { describe, expect, test } from 'vitest';
import { parseManifest } from '../../manifest/parse.ts';
import { bundleSpec } from '../bundle.ts';
import { type FieldError, fieldErrors } from '../field-error.ts';
import { type Fields, imageX, linuxkit, scope, spec } from '../testing.ts';

/** `path: message (hint)` of every refusal of an entry with these fields. */
function refused(fields: Fields, context = scope): string[] {
  const entry = { name: 'web', image: 'x', ...fields };
  expect(() => parseManifest(JSON.stringify({ services: [entry] }), 'x.yml', '/')).not.toThrow();
  try {
    bundleSpec({ ...entry, image: imageX }, { Cmd: ['/run'] }, context);
    return [];
  } catch (thrown) {
    return fieldErrors(thrown).map(shown);
  }
}

const shown = ({ path, message, hint }: FieldError): string =>
  `${path.join('.')}: ${message}${hint === undefined ? '' : ` (${hint})`}`;

const sysctlFile = (text: string): string =>
  `for the machine: files: [{path: etc/sysctl.d/50-own.conf, contents: "${text}"}]`;
const longName = 'a'.repeat(256);

/** What crun 1.21 or runc 1.1.15 refuses, or Linux 6.12, in the sentence with which the build does. */
const rows: readonly (readonly [fields: Fields, sentence: string])[] = [
  // The process.
  [{ command: [''] }, 'command.0: the name of the program is empty'],
  [{ command: ['/x', 'a\0b'] }, 'command.1: a NUL character would end the text there'],
  [{ cwd: '/a\0b' }, 'cwd: a NUL character would end the text there'],
  [{ annotations: { a: 'b\0' } }, 'annotations.a: a NUL character would end the text there'],
  [
    { command: ['/x', 'é'.repeat(65_536)] },
    'command.1: the text has 131072 bytes: the kernel passes at most 131071 to a program ' +
      '(put it into a file, with `files:`)',
  ],
  [{ env: ['A=1', 'PATH'] }, 'env.1: "PATH" is not NAME=value (env: ["PATH=…"])'],
  [{ env: ['=x'] }, 'env.0: "=x" is not NAME=value (env: ["=x=…"])'],
  [{ env: [''] }, 'env.0: "" is not NAME=value'],
  [{ hostname: 'a'.repeat(65) }, 'hostname: the host name has 65 bytes: the kernel allows 64'],
  [
    { hostname: 'a', uts: 'root' },
    'hostname: "hostname" needs a UTS namespace of its own, and uts is "root" (uts: new)',
  ],
  // Limits of processes.
  [
    { rlimits: ['nofile,2048,1024'] },
    'rlimits.0: the soft limit of "nofile", 2048, is above the hard limit, 1024',
  ],
  [
    { rlimits: ['core,unlimited,0'] },
    'rlimits.0: the soft limit of "core", unlimited, is above the hard limit, 0',
  ],
  [{ rlimits: ['core,0,0', 'RLIMIT_CORE,1,1'] }, 'rlimits.1: "core" is limited twice'],
  [
    { rlimits: ['nofile,1024,2000000'] },
    'rlimits.0: a process cannot have 2000000 open files: the kernel allows 1048576 (fs.nr_open) ' +
      '(unlimited, or raise it: kernel: {cmdline: "… sysctl.fs.nr_open=2000000"})',
  ],
  [
    { rlimits: ['nofile,16,1024'] },
    'rlimits.0: "nofile" of 16 is too little: crun itself needs 32 to start a container ' +
      '(let the program lower it (sh -c "ulimit …"), or ociRuntime: runc)',
  ],
  [
    { rlimits: ['nofile,0,0'], ociRuntime: 'runc' },
    'rlimits.0: "nofile" of 0 is too little: runc itself needs 16 to start a container ' +
      '(let the program lower it (sh -c "ulimit …"))',
  ],
  [
    { rlimits: ['fsize,0,0'] },
    'rlimits.0: "fsize" of 0 is too little: crun itself needs 4096 to start a container ' +
      '(let the program lower it (sh -c "ulimit …"), or ociRuntime: runc)',
  ],
  [
    { rlimits: ['cpu,0,0'] },
    'rlimits.0: "cpu" of 0 is too little: crun itself needs 1 to start a container ' +
      '(let the program lower it (sh -c "ulimit …"))',
  ],
  // Ids.
  [{ uid: 2 ** 31 }, 'uid: 2147483648 is no id of a process: crun and runc take those up to 2147483647'],
  [
    { additionalGids: [1, 4_294_967_294] },
    'additionalGids.1: 4294967294 is no id of a process: crun and runc take those up to 2147483647',
  ],
  [
    { userns: 'root', uidMappings: [{ hostID: 5, containerID: 0, size: 1 }] },
    'uidMappings: ids are mapped in a user namespace of its own only (userns: new)',
  ],
  [
    {
      userns: 'new',
      uid: 9,
      uidMappings: [{ hostID: 5, containerID: 0, size: 9 }],
      gidMappings: [{ hostID: 5, containerID: 0, size: 9 }],
    },
    'uid: no item of uidMappings has user 9',
  ],
  [
    {
      userns: 'new',
      uidMappings: [
        { hostID: 100, containerID: 0, size: 10 },
        { hostID: 200, containerID: 9, size: 1 },
      ],
      gidMappings: [{ hostID: 100, containerID: 0, size: 10 }],
    },
    'uidMappings.1: the range overlaps with an earlier one',
  ],
  [
    {
      userns: 'new',
      uidMappings: [{ hostID: 4_294_967_290, containerID: 0, size: 10 }],
      gidMappings: [{ hostID: 100, containerID: 0, size: 10 }],
    },
    'uidMappings.0: the range of 10 ids ends above 4294967294, the largest id',
  ],
  // Limits of control groups.
  [
    { resources: { memory: { kernel: 1 << 25 } } },
    'resources.memory.kernel: memory.kernel is a limit of cgroup v1, which the machine does not have ' +
      '(memory.limit covers memory of the kernel as well)',
  ],
  ...(
    [
      ['memory', 'kernelTCP', 1, 'memory.limit covers buffers of sockets as well'],
      ['memory', 'swappiness', 0, 'memory.swap limits what is swapped'],
      ['memory', 'disableOOMKiller', true, 'oomScoreAdj: -1000 protects a process'],
      ['cpu', 'realtimeRuntime', 950_000, 'cpu.quota, or rlimits: ["rttime,…"]'],
      ['cpu', 'realtimePeriod', 1_000_000, 'cpu.quota and cpu.period'],
      ['network', 'classID', 1, 'match the cgroup in nftables'],
      ['network', 'priorities', [{ name: 'eth0', priority: 1 }], 'match the cgroup in nftables'],
    ] as const
  ).map(
    ([part, key, value, hint]) =>
      [
        { resources: { [part]: { [key]: value } } },
        `resources.${part}.${key}: ${part}.${key} is a limit of cgroup v1, which the machine does not have (${hint})`,
      ] as const,
  ),
  [
    { resources: { memory: { limit: 4096 } } },
    'resources.memory.limit: 4096 bytes are too little: crun itself needs 1048576',
  ],
  [
    { resources: { memory: { swap: 1 << 26 } } },
    'resources.memory.swap: memory.swap needs memory.limit: it is the sum of both',
  ],
  [
    { resources: { memory: { limit: 1 << 26, swap: 1 << 25 } } },
    'resources.memory.swap: memory.swap, 33554432, is memory and swap together: at least memory.limit, 67108864',
  ],
  [
    { resources: { cpu: { quota: 1 } } },
    "resources.cpu.quota: a quota of 1 µs is below the kernel's minimum, 1000",
  ],
  [
    { resources: { cpu: { period: 2_000_000 } } },
    "resources.cpu.period: a period of 2000000 µs is outside the kernel's bounds, 1000 to 1000000",
  ],
  [{ resources: { cpu: { cpus: 'a' } } }, 'resources.cpu.cpus: "a" is not a list such as "0-2,5"'],
  [
    { resources: { blockio: { weight: 5 } } },
    "resources.blockio.weight: a weight of 5 is below the kernel's minimum, 10",
  ],
  [
    { resources: { hugepageLimits: [{ pageSize: '3MB', limit: 0 }] } },
    'resources.hugepageLimits.0.pageSize: there are no huge pages of 3MB on amd64 (2MB, 1GB)',
  ],
  // Kernel parameters.
  [
    { sysctl: { 'kernel.hostname': 'x' } },
    'sysctl.kernel.hostname: "kernel.hostname" is the host name (hostname: "x")',
  ],
  [
    { sysctl: { 'vm/swappiness': '1' } },
    `sysctl.vm/swappiness: "vm/swappiness" is of the machine, not of a container (${sysctlFile('vm.swappiness = 1')})`,
  ],
  [
    { sysctl: { 'net.ipv4.ip_forward': '1' } },
    'sysctl.net.ipv4.ip_forward: "net.ipv4.ip_forward" belongs to a network namespace, and net is "root" ' +
      `(net: new; ${sysctlFile('net.ipv4.ip_forward = 1')})`,
  ],
  [
    { ipc: 'host', sysctl: { 'kernel.shmmax': '1' } },
    'sysctl.kernel.shmmax: "kernel.shmmax" belongs to an IPC namespace, and ipc is "host" ' +
      `(ipc: new; ${sysctlFile('kernel.shmmax = 1')})`,
  ],
  // Mounts.
  [{ tmpfs: ['/'] }, "tmpfs.0: a mount on / would hide the image's files (mount it on a folder)"],
  [{ binds: ['/x:/y/..'] }, "binds.0: a mount on / would hide the image's files (mount it on a folder)"],
  [{ binds: ['/x:/y:r0'] }, 'binds.0: a bind has no option "r0" (did you mean "ro"?)'],
  [{ tmpfs: ['/m:foo=bar'] }, 'tmpfs.0: a tmpfs has no option "foo=bar"'],
  [{ tmpfs: ['/m:sise=1m'] }, 'tmpfs.0: a tmpfs has no option "sise=1m" (did you mean "size"?)'],
  [{ tmpfs: ['/m:size=abc'] }, 'tmpfs.0: "size=abc" is not a value of the option "size" of a tmpfs'],
  [
    { mounts: [{ type: 'tmpfs', destination: '/m', options: ['mode=rw'] }] },
    'mounts.0: "mode=rw" is not a value of the option "mode" of a tmpfs',
  ],
  // Devices.
  [
    { devices: [{ path: '/dev/*/x', type: 'c', mode: '0600' }] },
    'devices.0: "/dev/*/x" is no path of a device, in whose name alone "*" may be',
  ],
  [
    { devices: [{ path: '/dev/../x', type: 'c', mode: '0600' }] },
    'devices.0: "/dev/../x" is no path of a device, in whose name alone "*" may be',
  ],
  [
    { devices: [{ path: 'x', type: 'b', mode: '0600' }] },
    'devices.0: the path of a device is absolute, unlike "x"',
  ],
  [
    { devices: [{ path: '/dev/x', type: 'c', major: 5, mode: '0600' }] },
    'devices.0: device "/dev/x" needs "major" and "minor"',
  ],
  [
    { devices: [{ path: '/dev/x', type: 'b', major: -1, minor: 0, mode: '0600' }] },
    'devices.0: device "/dev/x" needs "major" and "minor"',
  ],
  [
    { devices: [{ path: 'x', type: 'c', major: 1, minor: 3, mode: '0600' }] },
    'devices.0: the path of a device is absolute, unlike "x"',
  ],
  [
    { devices: [{ path: '/dev/x', type: 'c', major: 5000, minor: 3, mode: '0600' }] },
    'devices.0: the major number of "/dev/x" is above 4095',
  ],
  [
    { devices: [{ path: '/dev/x', type: 'a', mode: '0600' }] },
    'devices.0: type "a" is for a rule without a node, and "/dev/x" is a node (path: all)',
  ],
  // Places in the machine.
  [{ cgroupsPath: '/' }, 'cgroupsPath: the cgroup "/" is that of the machine'],
  [{ cgroupsPath: '/../x' }, 'cgroupsPath: the cgroup "/../x" must not contain ".."'],
  [
    { cgroupsPath: `/${longName}` },
    `cgroupsPath: the cgroup "/${longName}" has a name of more than 255 bytes`,
  ],
  [{ runtime: { cgroups: ['../x'] } }, 'runtime.cgroups.0: the cgroup "../x" must not contain ".."'],
  [{ runtime: { mkdir: ['../../x'] } }, 'runtime.mkdir.0: the folder "../../x" must not contain ".."'],
  [
    { runtime: { bindNS: { net: 'x' } } },
    'runtime.bindNS.net: the path "x" must be absolute (net: /run/netns/x)',
  ],
  [
    { runtime: { namespace: 'a b' } },
    'runtime.namespace: "a b" is no namespace of containerd: letters and digits, with single ".", "_", "-" between',
  ],
  [
    { rootfsPropagation: 'foo' },
    'rootfsPropagation: there is no mount propagation "foo" (one of shared, slave, private, unbindable)',
  ],
  [
    { net: 'new', runtime: { interfaces: [{ name: 'a'.repeat(16), add: 'dummy' }] } },
    `runtime.interfaces.0: "${'a'.repeat(16)}" is no name of an interface (at most 15 bytes, without spaces, ":" and "/")`,
  ],
  [
    { net: 'new', runtime: { interfaces: [{ add: 'dummy' }] } },
    'runtime.interfaces.0: an interface needs a "name" (at most 15 bytes, without spaces, ":" and "/")',
  ],
  [
    { annotations: { 'run.oci.handler': 'wasm' } },
    'annotations.run.oci.handler: pkg/crun has no handler "wasm"',
  ],
];

test.each(rows)('%j is refused', (fields, sentence) => {
  expect(refused(fields)).toEqual([sentence]);
});

test.each(rows)("%j is LinuxKit's business with LinuxKit's init", (fields) => {
  expect(refused(fields, linuxkit)).toEqual([]);
});

/** What the runtimes accept, so that none of it is refused by mistake. */
const accepted: readonly Fields[] = [
  { userns: 'new', uidMappings: [{ hostID: 5, containerID: 0, size: 1 }] },
  { hostname: 'a'.repeat(64) },
  { env: ['A=', 'A=1=2', 'B= '] },
  { rlimits: ['nofile,32,32', 'core,0,unlimited', 'memlock,unlimited,unlimited', 'rtprio,99,99'] },
  { rlimits: ['nofile,16,16'], ociRuntime: 'runc' },
  { uid: 2 ** 31 - 1, gid: 65_535 },
  { net: 'new', sysctl: { 'net/ipv4/ip_forward': '1', 'net.core.somaxconn': '' } },
  { sysctl: { 'kernel.shmmax': '1', 'fs.mqueue.msg_max': '10', 'kernel.domainname': 'x' } },
  {
    resources: {
      memory: { limit: -1, swap: -1 },
      cpu: { quota: -1, cpus: '0-3,5', mems: '0' },
      pids: { limit: 0 },
    },
  },
  { resources: { hugepageLimits: [{ pageSize: 2 ** 21, limit: 2 ** 32 }], blockio: { weight: 500 } } },
  {
    binds: ['/a:/b:rw,rbind,rprivate', '/c:/d:ro,Z', '/e:/f:rro'],
    tmpfs: ['/m:size=10%,mode=1777,uid=5,noexec'],
  },
  { mounts: [{ type: 'nfs', source: 'a:/b', destination: '/n', options: ['vers=4'] }, { type: 'mqueue' }] },
  {
    devices: [
      { path: 'all', type: 'a' },
      { path: '/dev/f', type: 'p', mode: '0600' },
      { path: '/dev/ptp*', type: 'c', mode: '0400' },
    ],
  },
  { cgroupsPath: 'a/b', rootfsPropagation: 'rslave' },
  { runtime: { mkdir: ['a/b', '/var/x'], cgroups: ['/podruntime'], bindNS: { net: '/run/netns/x' } } },
];

test('a device of the machine is for services', () => {
  const devices = [{ path: '/dev/ptp*', type: 'c', mode: '0400' } as const];
  expect(refused({ devices }, { ...scope, section: 'onboot' })).toEqual([
    'devices.0: device "/dev/ptp*" needs "major" and "minor"',
  ]);
});

test.each(accepted)('%j is accepted', (fields) => {
  expect(refused(fields)).toEqual([]);
});

describe('values that mean nothing, or the same as others', () => {
  const resources = (given: NonNullable<Fields['resources']>) => spec({ resources: given }).linux.resources;

  test.each<[NonNullable<Fields['resources']>, key: string, value: unknown]>([
    [{ memory: { kernel: -1, kernelTCP: 0, disableOOMKiller: false } }, 'memory', undefined],
    [{ memory: { limit: 0, swap: 0 } }, 'memory', undefined],
    [{ memory: { limit: 1 << 26, kernel: -1 } }, 'memory', { limit: 1 << 26 }],
    [{ cpu: { realtimeRuntime: 0, period: 0, shares: 0 } }, 'cpu', undefined],
    [{ cpu: { shares: 1 } }, 'cpu', { shares: 2 }],
    [{ cpu: { shares: 300_000 } }, 'cpu', { shares: 262_144 }],
    [{ network: { classID: 0 } }, 'network', undefined],
  ])('%j', (given, key, value) => {
    expect(resources(given)[key]).toEqual(value);
  });

  test('a bind that does not say so is one, destinations are absolute', () => {
    const { mounts } = spec({
      mounts: [{ type: 'bind', source: '/x', destination: 'a/../m', options: ['rw', 'z'] }],
      binds: ['/y:n'],
    });
    const own = mounts.filter(({ type }) => type === 'bind').map(({ source: _, ...mount }) => mount);
    expect(own).toEqual([
      { destination: '/m', type: 'bind', options: ['rw', 'rbind'] },
      { destination: '/n', type: 'bind', options: ['rw', 'rbind', 'rshared'] },
    ]);
  });
});
