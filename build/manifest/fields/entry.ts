import { type Fields, flag, list, text, textLike, whole } from '../kinds.ts';
import { device, idMapping, mount, runtime } from './oci.ts';
import { resources } from './resources.ts';
import { supervisionFields } from './supervision.ts';
import { bind, capability, id, image, namespace, paths, rlimit, texts, tmpfs } from './words.ts';

const emptyIsUnset = 'an empty text counts as none';

/** A field of an image entry that an image's label may set too. */
export const entryDefaults = {
  capabilities: {
    kind: list(capability),
    help: 'Capabilities of the container: upper-case names, or one of `all`, `none`.',
    default: 'none',
    effect: '`process.capabilities`: effective; with `ambient` also bounding, inheritable and permitted',
    example: ['CAP_NET_BIND_SERVICE', 'CAP_CHOWN'],
    linuxkit: 'Names that are there twice stay so in the effective set.',
  },
  'capabilities.add': {
    kind: list(capability),
    help: 'Capabilities besides those of the label.',
    merge: "added to the label's `capabilities`; means nothing beside `capabilities`, or in a label",
    effect: 'as `capabilities`',
    example: ['CAP_SYS_TIME'],
  },
  ambient: {
    kind: list(capability),
    help: 'Ambient capabilities: kept by programs that are no root.',
    default: 'none',
    effect: '`process.capabilities`: ambient, bounding, inheritable, permitted',
    example: ['CAP_NET_RAW'],
  },
  mounts: {
    kind: list(mount),
    help: 'Mounts, in full; one with the destination of a default mount, of `tmpfs` or of `binds` replaces it.',
    effect: '`mounts`, sorted by destination',
    example: [{ type: 'bind', source: 'data', destination: '/data', options: ['rw'] }],
    linuxkit: 'A bind mount of a volume keeps the bare name of the volume as its source.',
  },
  binds: {
    kind: list(bind),
    help: 'Bind mounts, `source:destination[:options]`; a source without `/` is a volume. Without options: `rw,rbind,rshared`.',
    effect: '`mounts`',
    example: ['/run:/run', 'data:/data:ro'],
    linuxkit: '`rbind` that is given is there twice.',
  },
  'binds.add': {
    kind: list(bind),
    help: 'Bind mounts besides those of the label.',
    merge: "added to the label's `binds`; means nothing beside `binds`, or in a label",
    effect: '`mounts`',
    example: ['/etc/ssl:/etc/ssl:ro'],
  },
  tmpfs: {
    kind: list(tmpfs),
    help: 'Memory file systems, `destination[:options]`.',
    effect: '`mounts`',
    example: ['/tmp:size=64m,mode=1777'],
  },
  devices: {
    kind: list(device),
    help: 'Device nodes, and leave to use them.',
    effect: '`linux.devices`, and a rule in `linux.resources.devices`',
    example: [{ path: '/dev/kmsg', type: 'c', major: 1, minor: 11, mode: '0600' }],
    linuxkit: 'A fifo gets a cgroup rule of a type that there is none of.',
  },
  command: {
    kind: list(text),
    help: "What runs, instead of the image's entry point and command.",
    default: 'entry point and command of the image',
    effect: '`process.args`',
    example: ['/usr/bin/redis-server', '--save', ''],
  },
  env: {
    kind: list(text),
    help: 'Environment, `NAME=value`; replaces that of the image whole.',
    default: 'that of the image',
    effect: '`process.env`',
    example: ['PATH=/usr/bin:/bin', 'PORT=8080'],
  },
  cwd: {
    kind: text,
    help: 'Working folder.',
    default: 'that of the image, or `/`',
    merge: emptyIsUnset,
    effect: '`process.cwd`',
    example: '/srv',
  },
  net: {
    kind: namespace('host', 'root', 'new', 'none'),
    help: 'Network namespace: `host` or `root` is that of the machine, `new` or `none` one of its own, a path one that is there.',
    default: '`root`',
    merge: emptyIsUnset,
    effect: '`linux.namespaces`: network',
    example: 'new',
  },
  ipc: {
    kind: namespace('host', 'root', 'new'),
    help: 'IPC namespace: `host` or `root`, `new`, or a path.',
    default: '`root`',
    merge: emptyIsUnset,
    effect: '`linux.namespaces`: ipc',
    example: 'new',
  },
  uts: {
    kind: namespace('host', 'root', 'new'),
    help: 'UTS namespace (host name): `host` or `root`, `new`, or a path.',
    default: '`root`',
    merge: emptyIsUnset,
    effect: '`linux.namespaces`: uts',
    example: 'new',
  },
  pid: {
    kind: namespace('host', 'root', 'new'),
    help: 'PID namespace: `host` or `root`, `new`, or a path.',
    default: '`new`',
    merge: emptyIsUnset,
    effect: '`linux.namespaces`: pid',
    example: 'host',
  },
  userns: {
    kind: namespace('host', 'root', 'new'),
    help: 'User namespace: `host` or `root`, `new`, or a path.',
    default: '`root`',
    merge: emptyIsUnset,
    effect: '`linux.namespaces`: user',
    example: 'new',
  },
  hostname: {
    kind: text,
    help: 'Host name, in a UTS namespace of its own.',
    merge: emptyIsUnset,
    effect: '`hostname`',
    example: 'web',
  },
  readonly: {
    kind: flag,
    help: 'The root file system cannot be written to.',
    default: '`false`',
    effect: '`root.readonly`; `ro` for the default mounts of /dev and /sys',
    example: true,
  },
  maskedPaths: {
    kind: paths,
    help: 'Paths hidden from the container.',
    effect: '`linux.maskedPaths`',
    example: ['/proc/kcore'],
  },
  readonlyPaths: {
    kind: paths,
    help: 'Paths that cannot be written to.',
    effect: '`linux.readonlyPaths`',
    example: ['/proc/sys'],
  },
  uid: {
    kind: id,
    help: 'User: a number, or the name of an entry, which stands for a number of its own.',
    default: '0',
    effect: '`process.user.uid`',
    example: 'web',
  },
  gid: {
    kind: id,
    help: 'Group: a number, or the name of an entry.',
    default: '0',
    effect: '`process.user.gid`',
    example: 1000,
  },
  additionalGids: {
    kind: list(id),
    help: 'More groups.',
    effect: '`process.user.additionalGids`',
    example: [10, 'web'],
  },
  noNewPrivileges: {
    kind: flag,
    help: 'No program may gain privileges.',
    default: '`false`',
    effect: '`process.noNewPrivileges`',
    example: true,
  },
  oomScoreAdj: {
    kind: whole(-1000, 1000),
    help: 'How willingly the kernel kills it when memory runs out.',
    effect: '`process.oomScoreAdj`',
    example: -800,
  },
  rootfsPropagation: {
    kind: text,
    help: 'Mount propagation of the root: `shared`, `slave`, `private`…',
    effect: '`linux.rootfsPropagation`',
    example: 'shared',
  },
  cgroupsPath: {
    kind: text,
    help: 'Control group.',
    default: '`/svc/NAME`, `/onboot/NAME`, `/onshutdown/NAME`',
    effect: '`linux.cgroupsPath`',
    example: '/podruntime/web',
  },
  resources: {
    kind: resources,
    help: 'Limits.',
    effect: '`linux.resources`',
    example: { memory: { limit: 67108864 }, pids: { limit: 100 } },
  },
  sysctl: {
    kind: texts,
    help: 'Kernel settings for the namespaces of the container.',
    effect: '`linux.sysctl`',
    example: { 'net.ipv4.ip_forward': '1' },
  },
  rlimits: {
    kind: list(rlimit),
    help: 'Limits of setrlimit(2), `name,soft,hard`.',
    effect: '`process.rlimits`',
    example: ['nofile,1024,65536', 'core,0,unlimited'],
    linuxkit: 'An unknown limit is an error that does not name it.',
  },
  uidMappings: {
    kind: list(idMapping),
    help: 'User ids in a user namespace.',
    effect: '`linux.uidMappings`',
    example: [{ hostID: 100000, containerID: 0, size: 65536 }],
    linuxkit: 'Both ids become 0.',
  },
  gidMappings: {
    kind: list(idMapping),
    help: 'Group ids in a user namespace.',
    effect: '`linux.gidMappings`',
    example: [{ hostID: 100000, containerID: 0, size: 65536 }],
    linuxkit: 'Both ids become 0.',
  },
  annotations: {
    kind: texts,
    help: 'Free text for tools.',
    effect: '`annotations`',
    example: { 'org.example.owner': 'team-web' },
  },
  runtime: {
    kind: runtime,
    help: 'What is prepared around the container.',
    merge: "key by key over the label's",
    effect: 'runtime.json',
    example: { mkdir: ['/var/lib/web'], cgroups: ['/podruntime'] },
  },
  ...supervisionFields,
} as const satisfies Fields;

/**
 * containerd takes no other names (its identifiers), and the name is a folder in the image. Three are logs of the machine
 * itself: one file with two writers would lose lines of both.
 */
const entryName = textLike(
  /^(?=.{1,76}$)(?!(?:containerd|init|kernel)$)[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/,
  'a name of letters and digits, with single ".", "_" or "-" between them, at most 76 (containerd, init and kernel are taken)',
);

/** An item of `onboot:`, `onshutdown:` or `services:`. */
export const entryFields = {
  name: {
    kind: entryName,
    help: 'Name of the container.',
    required: true,
    effect: 'name of its folder, its id, and of a user id',
    example: 'web',
  },
  image: {
    kind: image,
    help: 'Its root file system: a package (`pkg/sshd`, `./folder`) or an image by name or digest.',
    required: true,
    effect: 'the root file system; command, environment and label where the manifest says nothing',
    example: 'pkg/sshd',
  },
  ...entryDefaults,
} as const satisfies Fields;
