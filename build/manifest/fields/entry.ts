import { boolean, type Field, type Fields, integer, list, record, string, stringLike } from '../kinds.ts';
import {
  bindKind,
  capabilityKind,
  idKind,
  imageKind,
  namespaceKind,
  pathListKind,
  portKind,
  rlimitKind,
  seccompKind,
  stringMapKind,
  tmpfsKind,
} from './common-kinds.ts';
import { deviceKind, idMappingKind, landlockKind, mountKind, runtimeKind } from './oci.ts';
import { resourcesKind } from './resources.ts';
import { supervisionFields } from './supervision.ts';

const emptyIsUnset = 'the empty string counts as unset';

/** The fields of an image entry that an image's label can set as well. */
export const entryDefaults = {
  capabilities: {
    kind: list(capabilityKind),
    help: 'Capabilities of the container: upper-case names, or the single item `all` or `none`.',
    default: 'none',
    effect:
      '`process.capabilities`: effective; together with `ambient`, also bounding, ' +
      'inheritable and permitted',
    example: ['CAP_NET_BIND_SERVICE', 'CAP_CHOWN'],
    linuxkit: 'Duplicate names stay duplicates in the effective set.',
  },
  'capabilities.add': {
    kind: list(capabilityKind),
    help: 'Capabilities in addition to those of the label.',
    merge: 'added to the `capabilities` of the label; ignored next to `capabilities`, and in a label',
    effect: 'as `capabilities`',
    example: ['CAP_SYS_TIME'],
  },
  ambient: {
    kind: list(capabilityKind),
    help: 'Ambient capabilities, which programs that do not run as root keep.',
    default: 'none',
    effect: '`process.capabilities`: ambient, bounding, inheritable, permitted',
    example: ['CAP_NET_RAW'],
  },
  mounts: {
    kind: list(mountKind),
    help:
      'Mounts in the form of config.json. Replaces a default mount, or one of `tmpfs` or ' +
      '`binds`, with the same destination.',
    effect: '`mounts`, sorted by destination',
    example: [{ type: 'bind', source: 'data', destination: '/data', options: ['rw'] }],
    linuxkit: 'The source of a bind mount of a volume stays the bare name of the volume.',
  },
  binds: {
    kind: list(bindKind),
    help:
      'Bind mounts, `source:destination[:options]`. A source that does not start with `/` ' +
      'is the name of a volume. The default options are `rw,rbind,rshared`. With `ro`, what is mounted below ' +
      'the source is read-only, too; with `ro,rrw` it is not.',
    effect: '`mounts`',
    example: ['/run:/run', 'data:/data:ro'],
    linuxkit: 'With `ro`, what is mounted below stays writable. An explicit `rbind` appears twice.',
  },
  'binds.add': {
    kind: list(bindKind),
    help: 'Bind mounts in addition to those of the label.',
    merge: 'added to the `binds` of the label; ignored next to `binds`, and in a label',
    effect: '`mounts`',
    example: ['/etc/ssl:/etc/ssl:ro'],
  },
  tmpfs: {
    kind: list(tmpfsKind),
    help: 'tmpfs mounts, `destination[:options]`.',
    effect: '`mounts`',
    example: ['/tmp:size=64m,mode=1777'],
  },
  devices: {
    kind: list(deviceKind),
    help:
      'Device nodes, and permission to use them. A service may leave out `major` and `minor`: it gets the ' +
      'device of the machine that has this path when the service first starts, or none if there is none, with ' +
      'permission to read, and to write if the mode has that.',
    effect: '`linux.devices`, and a rule in `linux.resources.devices`',
    example: [{ path: '/dev/kmsg', type: 'c', major: 1, minor: 11, mode: '0600' }],
    linuxkit: 'A fifo gets a cgroup device rule of an invalid type; numbers that are left out are 0.',
  },
  command: {
    kind: list(string),
    help: 'The program and its arguments, in place of the entry point and command of the image.',
    default: 'entry point and command of the image',
    effect: '`process.args`',
    example: ['/usr/bin/redis-server', '--save', ''],
  },
  env: {
    kind: list(string),
    help: 'Environment variables, `NAME=value`.',
    default: 'that of the image',
    merge: 'the list replaces that of the image; without PATH it gets the usual one',
    effect: '`process.env`',
    example: ['PATH=/usr/bin:/bin', 'PORT=8080'],
    linuxkit: 'No PATH is added.',
  },
  cwd: {
    kind: string,
    help: 'Working directory, absolute. It is made if the image lacks it.',
    default: 'that of the image, or `/`',
    merge: emptyIsUnset,
    effect: '`process.cwd`',
    example: '/srv',
  },
  net: {
    kind: namespaceKind('host', 'root', 'new', 'none'),
    help:
      'Network namespace: `host` or `root` for that of the machine, `new` or `none` for a ' +
      'new one, or the path of an existing one.',
    default: '`root`',
    merge: emptyIsUnset,
    effect: '`linux.namespaces`: network',
    example: 'new',
  },
  ipc: {
    kind: namespaceKind('host', 'root', 'new'),
    help: 'IPC namespace: `host` or `root`, `new`, or a path, as for `net`.',
    default: '`new`; `root` with CAP_SYS_ADMIN',
    merge: emptyIsUnset,
    effect: '`linux.namespaces`: ipc',
    example: 'new',
  },
  uts: {
    kind: namespaceKind('host', 'root', 'new'),
    help: 'UTS namespace (host name): `host` or `root`, `new`, or a path, as for `net`.',
    default: '`new`; `root` with CAP_SYS_ADMIN',
    merge: emptyIsUnset,
    effect: '`linux.namespaces`: uts',
    example: 'new',
  },
  pid: {
    kind: namespaceKind('host', 'root', 'new'),
    help: 'PID namespace: `host` or `root`, `new`, or a path, as for `net`.',
    default: '`new`',
    merge: emptyIsUnset,
    effect: '`linux.namespaces`: pid',
    example: 'host',
  },
  userns: {
    kind: namespaceKind('host', 'root', 'new'),
    help:
      "User namespace: `new`, whose root is nobody on the machine; `host` or `root`, the machine's own; or a " +
      'path, as for `net`. See [user namespaces](user-namespaces.md).',
    default: "`new`, unless the entry asks for what works only in the machine's",
    merge: emptyIsUnset,
    effect: '`linux.namespaces`: user',
    example: 'root',
    linuxkit: 'The default is `root`; with `new`, layers and binds keep their owners.',
  },
  hostname: {
    kind: string,
    help: 'Host name; needs a UTS namespace of its own, the default.',
    merge: emptyIsUnset,
    effect: '`hostname`',
    example: 'web',
  },
  readonly: {
    kind: boolean,
    help: 'Makes the root file system read-only.',
    default: '`false`',
    effect: '`root.readonly`; `ro` for the default mounts of /dev and /sys',
    example: true,
  },
  maskedPaths: {
    kind: pathListKind,
    help: 'Paths that are hidden from the container. A bind in which one lies is `rslave`.',
    default: "moby's list; none with CAP_SYS_ADMIN",
    effect: '`linux.maskedPaths`',
    example: ['/proc/kcore'],
  },
  readonlyPaths: {
    kind: pathListKind,
    help: 'Paths that are read-only for the container. A bind in which one lies is `rslave`.',
    default:
      "moby's list, /proc/sys among them; none with CAP_SYS_ADMIN, all but /proc/sys/net with CAP_NET_ADMIN",
    effect: '`linux.readonlyPaths`',
    example: ['/proc/sys'],
  },
  uid: {
    kind: idKind,
    help:
      'User id: a number, or the name of an entry, which stands for the id that kit assigns ' +
      'to that entry.',
    default: 'that of the image (`USER`), or 0',
    effect: '`process.user.uid`',

    example: 'web',
  },
  gid: {
    kind: idKind,
    help: 'Group id: a number, or the name of an entry.',
    default: 'that of the image, or 0',
    effect: '`process.user.gid`',

    example: 1000,
  },
  additionalGids: {
    kind: list(idKind),
    help: 'Supplementary groups.',
    default: "those of the image's user",
    effect: '`process.user.additionalGids`',
    example: [10, 'web'],
  },
  noNewPrivileges: {
    kind: boolean,
    help: 'Programs cannot gain privileges, such as by set-user-ID bits.',
    default: '`true`; `false` with all capabilities',
    effect: '`process.noNewPrivileges`',
    example: true,
  },
  seccomp: {
    kind: seccompKind,
    help:
      "Filter of system calls: `default`, which is moby's list; `unconfined` for none; or a profile in a JSON " +
      'file beside the manifest.',
    default: '`default`; `unconfined` with all capabilities',
    effect: '`linux.seccomp`',
    example: 'unconfined',
    linuxkit: 'Not supported; there is no filter.',
  },
  landlock: {
    kind: landlockKind,
    help:
      'What its programs may do with files and TCP ports, by rules of landlock(7) that they cannot undo. A list that is ' +
      'there allows what it names, and nothing else is allowed of its kind: `read`, `execute` and `write` are one kind. ' +
      'Needs `pkg/landlock` in `init`.',
    default: 'no rules',
    effect: '`process.args`, and a bind of the program that applies the rules',
    example: { execute: ['/usr'], read: ['/etc'], write: ['/data', '/dev/null'], bind: [8080], connect: [] },
    linuxkit: 'Not supported.',
  },
  oomScoreAdj: {
    kind: integer(-1000, 1000),
    help:
      "Adjustment of the OOM killer's score, proc_pid_oom_score_adj(5); the process with " +
      'the highest score is killed first.',
    effect: '`process.oomScoreAdj`',
    example: -800,
  },
  rootfsPropagation: {
    kind: string,
    help:
      'Mount propagation of the root file system: `shared`, `slave`, `private`… What the machine mounts later below a ' +
      'bind reaches the container with `rslave` only, whatever the bind says itself; without it, the bind shows what was ' +
      'mounted when the container started.',
    effect: '`linux.rootfsPropagation`',
    example: 'shared',
  },
  cgroupsPath: {
    kind: string,
    help: 'Path of the cgroup.',
    default: '`/svc/NAME`, `/onboot/NAME`, `/onshutdown/NAME`',
    effect: '`linux.cgroupsPath`',
    example: '/podruntime/web',
  },
  resources: {
    kind: resourcesKind,
    help: 'Resource limits.',
    default: '512 tasks and three quarters of the memory; none with all capabilities',
    effect: '`linux.resources`',
    example: { memory: { limit: 67108864 }, pids: { limit: 100 } },
  },
  sysctl: {
    kind: stringMapKind,
    help: "Kernel parameters of the container's namespaces, sysctl(8).",
    effect: '`linux.sysctl`',
    example: { 'net.ipv4.ip_forward': '1' },
  },
  rlimits: {
    kind: list(rlimitKind),
    help:
      'Resource limits of setrlimit(2), `name,soft,hard`. An unlimited `nofile` is 1048576, the default of ' +
      'fs.nr_open: the kernel allows no more.',
    default: '`nofile,1024,65536`; none with all capabilities',
    effect: '`process.rlimits`',
    example: ['nofile,1024,65536', 'core,0,unlimited'],
    linuxkit: 'The error for an unknown limit does not name it; the kernel refuses an unlimited `nofile`.',
  },
  uidMappings: {
    kind: list(idMappingKind),
    help: 'Mapping of user ids in the user namespace.',
    default: 'with `userns: new`, a range of 65,536 ids of its own',
    effect: '`linux.uidMappings`',
    example: [{ hostID: 100000, containerID: 0, size: 65536 }],
    linuxkit: 'Both ids become 0.',
  },
  gidMappings: {
    kind: list(idMappingKind),
    help: 'Mapping of group ids in the user namespace.',
    default: 'with `userns: new`, the same range',
    effect: '`linux.gidMappings`',
    example: [{ hostID: 100000, containerID: 0, size: 65536 }],
    linuxkit: 'Both ids become 0.',
  },
  annotations: {
    kind: stringMapKind,
    help: 'Arbitrary metadata for tools.',
    effect: '`annotations`',
    example: { 'org.example.owner': 'team-web' },
  },
  runtime: {
    kind: runtimeKind,
    help: 'What init prepares before it starts the container.',
    merge: 'key by key with that of the label',
    effect: 'runtime.json',
    example: { mkdir: ['/var/lib/web'], cgroups: ['/podruntime'] },
  },
  ...supervisionFields,
} as const satisfies Fields;

/**
 * The identifiers that containerd accepts. The name is also used for a folder in the image and for a log.
 * Four names are reserved for the machine's own logs: a log with two writers would lose lines.
 */
const entryName = stringLike(
  /^(?=.{1,76}$)(?!(?:audit|containerd|init|kernel)$)[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*$/,
  'a name of at most 76 letters and digits with single ".", "_" or "-" between them, ' +
    'other than audit, containerd, init and kernel',
);

/** An item of `onboot:`, `onshutdown:` or `services:`. */
export const entryFields = {
  name: {
    kind: entryName,
    help: 'Name of the container.',
    required: true,
    effect: 'the container id and its folder; a name for its user and group id',
    example: 'web',
  },
  image: {
    kind: imageKind,
    help: 'The image: a package (`pkg/sshd`, `./folder`), or an image by name or digest.',
    required: true,
    effect: 'the root file system; defaults for the fields that the manifest leaves unset',
    example: 'pkg/sshd',
  },
  trustLabel: {
    kind: boolean,
    help:
      "Grants what the label of a foreign image asks for beyond kit's defaults: capabilities, binds, devices, " +
      'namespaces of the machine… Packages are trusted.',
    default: '`false`: the build stops and names what it asks for',
    effect: 'the fields of the label count',
    example: true,
    linuxkit: 'Every label is trusted.',
  },
  production: {
    kind: boolean,
    help:
      '`false` for what is there for development, such as a login on the console: images of ' +
      '`kit build --production` are made without the entry, and the build says so.',
    default: '`true`',
    effect: 'whether images for production have it',
    example: false,
    linuxkit: 'Not supported.',
  },
  ports: {
    kind: list(portKind),
    help:
      'Ports of the machine on which the service is reached from outside, which `network: {firewall: true}` ' +
      'lets through: of the manifest only, since an image must not open any.',
    default: 'none',
    only: 'services',
    example: ['80/tcp', '8000-8010/udp'],
    linuxkit: 'Not supported.',
  },
  ...entryDefaults,
} as const satisfies Fields;

/** `only` in words. */
const places = { services: 'services', tasks: 'onboot and onshutdown' } as const;

/** An item of a section, without the fields that only others obey: a `restart` there would be believed. */
function itemOf(section: 'services' | 'tasks') {
  const rows = Object.entries<Field>(entryFields);
  const strangers = rows.flatMap(([key, { only }]) =>
    only === undefined || only === section ? [] : [[key, places[only]] as const],
  );
  const elsewhere = Object.fromEntries(strangers);
  return record(Object.fromEntries(rows.filter(([key]) => !Object.hasOwn(elsewhere, key))), { elsewhere });
}

/** An item of `services:`. */
export const serviceKind = itemOf('services');
/** An item of `onboot:` or `onshutdown:`. */
export const taskKind = itemOf('tasks');
