import { boolean, choice, integer, list, record, string } from '../kinds.ts';
import { absolutePathKind, octalKind, pathListKind } from './common-kinds.ts';

/** The nested maps of an image entry, with keys as in the OCI runtime spec. */

export const mountKind = record({
  destination: {
    kind: string,
    help: 'Path in the container.',
    default: 'the usual one of the type: `/proc`, `/dev/pts`, `/sys`, `/sys/fs/cgroup`, ' + '`/dev/mqueue`',
  },
  type: {
    kind: string,
    help: 'File system type; `bind` for a bind mount.',
    default: 'the source if it names one of these types; tmpfs for `/dev`',
  },
  source: {
    kind: string,
    help: 'What to mount: a device, a path in the machine, or the name of a volume.',
    default: 'the type',
  },
  options: { kind: list(string), help: 'Mount options, as in fstab(5).' },
});

/** Many drivers are given their numbers at the boot, in the order in which they are loaded. */
const ofMachine = 'in services that of the machine; 0 with `all` and for a fifo';

export const deviceKind = record({
  path: {
    kind: string,
    help:
      'Path in the container; `all` adds a cgroup rule without a device node. Without `major` and `minor`: ' +
      'path in the machine, too, whose name may have `*` in it.',
    required: true,
  },
  type: {
    kind: choice('a', 'b', 'c', 'u', 'p'),
    help: '`a`: all, `b`: block, `c` and `u`: character, `p`: fifo.',
    required: true,
  },
  major: { kind: integer(-1), help: 'Major number.', default: ofMachine },
  minor: { kind: integer(-1), help: 'Minor number.', default: ofMachine },
  mode: { kind: octalKind, help: 'Mode bits in octal.', requiredUnless: { key: 'path', is: 'all' } },
});

export const idMappingKind = record({
  hostID: { kind: integer(0), help: 'First id on the machine.', required: true },
  containerID: { kind: integer(0), help: 'First id in the container.', required: true },
  size: { kind: integer(1), help: 'Number of ids.', required: true },
});

const networkInterface = record({
  name: { kind: string, help: 'Name of the interface.' },
  add: {
    kind: string,
    help:
      'Type of the interface to create (`veth`, `dummy`…); without it an existing interface ' +
      'is moved into the container.',
  },
  peer: { kind: string, help: 'The other end of a veth pair.' },
  createInRoot: {
    kind: boolean,
    help: 'Creates the interface in the network namespace of the machine, then moves it.',
  },
});

const bindNamespaces = record({
  cgroup: { kind: string, help: 'Path for the cgroup namespace.' },
  ipc: { kind: string, help: 'Path for the IPC namespace.' },
  mnt: { kind: string, help: 'Path for the mount namespace.' },
  net: { kind: string, help: 'Path for the network namespace.', example: '/run/netns/web' },
  pid: { kind: string, help: 'Path for the PID namespace.' },
  user: { kind: string, help: 'Path for the user namespace.' },
  uts: { kind: string, help: 'Path for the UTS namespace.' },
});

export const runtimeKind = record({
  cgroups: { kind: list(string), help: 'Cgroups to create first.', example: ['/podruntime'] },
  mounts: {
    kind: list(mountKind),
    help: 'Mounts to make first. A relative destination is below the root file system of the container.',
    example: [{ type: 'bind', source: '/var/lib/web', destination: 'data', options: ['bind'] }],
  },
  mkdir: { kind: pathListKind, help: 'Folders to create after these mounts.', example: ['/var/lib/web'] },
  interfaces: {
    kind: list(networkInterface),
    help: 'Network interfaces for the container.',
    example: [{ name: 'veth0', add: 'veth', peer: 'veth1' }],
  },
  bindNS: {
    kind: bindNamespaces,
    help: 'Paths to bind-mount the namespaces of the container to.',
    merge: 'key by key with that of the label',
  },
  namespace: { kind: string, help: 'containerd namespace of the container.', default: '`services.linuxkit`' },
});

/** `landlock:` of an image entry, whose program is confined by landlock(7) before it starts. */
export const landlockKind = record({
  read: {
    kind: list(absolutePathKind),
    help: 'Files and folders with all below them: may be read.',
    example: ['/etc', '/proc'],
  },
  execute: {
    kind: list(absolutePathKind),
    help: 'The same, and programs may be executed.',
    example: ['/usr'],
  },
  write: {
    kind: list(absolutePathKind),
    help: 'The same as `read`, and files may be written, made and removed; neither executed, nor made as devices.',
    example: ['/data', '/dev/null'],
  },
  bind: {
    kind: list(integer(0, 65535)),
    help: 'TCP ports to listen at; 0 is one that the kernel chooses.',
    example: [8080],
  },
  connect: {
    kind: list(integer(1, 65535)),
    help: 'TCP ports to connect to, at whatever address.',
    example: [5432],
  },
});
