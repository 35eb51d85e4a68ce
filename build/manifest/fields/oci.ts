import { choice, flag, list, record, text, whole } from '../kinds.ts';
import { octal, paths } from './words.ts';

/** The nested maps of an image entry, named as in the OCI runtime specification. */

export const mount = record({
  destination: {
    kind: text,
    help: 'Path in the container.',
    default: 'where the type belongs: `/proc`, `/dev/pts`, `/sys`, `/sys/fs/cgroup`, `/dev/mqueue`',
  },
  type: {
    kind: text,
    help: 'File system type; `bind` for a bind mount.',
    default: 'that which the source names, or tmpfs for `/dev`',
  },
  source: {
    kind: text,
    help: 'What is mounted: a device, a path of the machine, the name of a volume.',
    default: 'the type',
  },
  options: { kind: list(text), help: 'Mount options as in fstab(5).' },
});

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
  mode: { kind: octal, help: 'Permission bits.', requiredUnless: { key: 'path', is: 'all' } },
});

export const idMapping = record({
  hostID: { kind: whole(0), help: 'First id on the machine.', required: true },
  containerID: { kind: whole(0), help: 'First id in the container.', required: true },
  size: { kind: whole(1), help: 'How many ids.', required: true },
});

const networkInterface = record({
  name: { kind: text, help: 'Name of the interface.' },
  add: { kind: text, help: 'Kind to add (`veth`, `dummy`…); none moves an existing one in.' },
  peer: { kind: text, help: 'The other end of a veth pair.' },
  createInRoot: { kind: flag, help: 'Made in the machine, then moved.' },
});

const bindNamespaces = record({
  cgroup: { kind: text, help: 'Path for its cgroup namespace.' },
  ipc: { kind: text, help: 'Path for its IPC namespace.' },
  mnt: { kind: text, help: 'Path for its mount namespace.' },
  net: { kind: text, help: 'Path for its network namespace.', example: '/run/netns/web' },
  pid: { kind: text, help: 'Path for its PID namespace.' },
  user: { kind: text, help: 'Path for its user namespace.' },
  uts: { kind: text, help: 'Path for its UTS namespace.' },
});

export const runtime = record({
  cgroups: { kind: list(text), help: 'Control groups to create first.', example: ['/podruntime'] },
  mounts: {
    kind: list(mount),
    help: 'Mounted first; a relative destination is in the container.',
    example: [{ type: 'bind', source: '/var/lib/web', destination: 'data', options: ['bind'] }],
  },
  mkdir: { kind: paths, help: 'Folders made after these mounts.', example: ['/var/lib/web'] },
  interfaces: {
    kind: list(networkInterface),
    help: 'Network interfaces for the container.',
    example: [{ name: 'veth0', add: 'veth', peer: 'veth1' }],
  },
  bindNS: {
    kind: bindNamespaces,
    help: 'Paths that the namespaces of the container are bound to.',
    merge: "name by name over the label's",
  },
  namespace: { kind: text, help: 'Namespace in containerd.', default: '`services.linuxkit`' },
});
