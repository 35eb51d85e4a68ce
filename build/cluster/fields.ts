import { imageKind } from '../manifest/fields/common-kinds.ts';
import type { RecordOf } from '../manifest/kinds.ts';
import {
  choice,
  either,
  type Fields,
  integer,
  list,
  map,
  record,
  string,
  stringLike,
} from '../manifest/kinds.ts';

/** The fields of cluster.yml, which `kit up` reads. */

const nameKind = stringLike(
  /^[a-z](?:[a-z0-9-]{0,30}[a-z0-9])?$/,
  'a name of at most 32 small letters, digits and dashes',
);

const size = stringLike(/^\d{1,9}(?:\.\d{1,3})?\s*[kmgtKMGT]?(?:i?[bB])?$/, 'a size such as "512M" or "2G"');

const disk = record({
  name: {
    kind: stringLike(/^[A-Za-z0-9_.-]{1,20}$/, 'a serial number: 1 to 20 letters, digits and "_.-"'),
    help: 'The serial number, by which the manifest finds the disk: `match: {serial: NAME}`.',
    required: true,
    example: 'kit-data',
  },
  size: {
    kind: size,
    help: 'Its size when it is made; a number alone counts GiB.',
    required: true,
    example: '4G',
  },
});

const check = record({
  service: {
    kind: string,
    help: 'The service in whose container the command runs.',
    required: true,
    example: 'etcd',
  },
  command: {
    kind: list(string),
    help: 'The program and its arguments. Exit status 0 means that the machine is well.',
    required: true,
    example: ['etcdctl', 'endpoint', 'health'],
  },
});

const machineFields = {
  manifest: {
    kind: stringLike(/^[^\s\p{Cc}](?:[^\p{Cc}]{0,4094}[^\s\p{Cc}])?$/u, 'the path of a manifest'),
    help: 'The manifest that the machines are built from, once for all groups that name it.',
    example: 'etcd.yml',
  },
  image: {
    kind: imageKind,
    help: 'An image that is built already, as `kit run` takes it: a file, or the common prefix of several.',
    example: 'out/etcd',
  },
  count: { kind: integer(1, 200), help: 'How many machines the group has.', default: '`1`', example: 3 },
  backend: {
    kind: choice('qemu', 'container'),
    help: 'What runs the machines, as in `kit run`.',
    default: '`qemu`',
    example: 'container',
  },
  memory: {
    kind: either(integer(64, 1 << 22), size),
    help: 'Memory of each machine; a number counts MiB.',
    default: 'as in `kit run`',
    example: '512M',
  },
  cpus: { kind: integer(1, 64), help: 'Processors of each machine.', default: 'as in `kit run`', example: 2 },
  disks: {
    kind: list(disk),
    help: "Disks of each machine's own. They are kept in the cluster's folder when the machine is replaced.",
    example: [{ name: 'kit-data', size: '4G' }],
  },
  publish: {
    kind: list(string),
    help: 'Ports of the host that lead to each machine: `[ADDRESS:]HOST:GUEST[/tcp|udp]`, with placeholders.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the file
    example: ['127.0.0.${index}:2379:2379'],
  },
  networks: {
    kind: list(string),
    help: 'Networks of the cluster that each machine has an address in, in the order of its interfaces from eth1 on.',
    example: ['lan'],
  },
  metadata: {
    kind: string,
    help: 'User data of each machine, with placeholders, which pkg/metadata reads.',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a placeholder of the file
    example: '#cloud-config\nwrite_files:\n  - {path: /run/config/name, content: "${name}"}\n',
  },
  check: {
    kind: check,
    help: 'A command that says whether a machine is well, besides its services, before the next one is replaced.',
    example: { service: 'etcd', command: ['etcdctl', 'endpoint', 'health'] },
  },
} as const satisfies Fields;

const machineKind = record(machineFields, { exactlyOneOf: ['manifest', 'image'] });

const networkKind = record({
  subnet: {
    kind: stringLike(/^\d{1,3}(?:\.\d{1,3}){3}\/\d{1,2}$/, 'a network such as "10.90.0.0/24"'),
    help: 'Its IPv4 addresses. The first is that of the switch; the machines get the following ones.',
    required: true,
    example: '10.90.0.0/24',
  },
});

export const clusterFields = {
  name: {
    kind: nameKind,
    help: 'The name of the cluster, with which those of its machines begin: `NAME-GROUP-1`.',
    required: true,
    example: 'demo',
  },
  networks: {
    kind: map(networkKind),
    help: 'Networks between the machines, by name. No port of the host is open for them.',
    example: { lan: { subnet: '10.90.0.0/24' } },
  },
  machines: {
    kind: map(machineKind),
    help: 'Groups of machines that are alike, by name, in the order in which they start.',
    required: true,
    example: { web: { manifest: 'web.yml', count: 2 } },
  },
} as const satisfies Fields;

export const groupNamePattern = nameKind.pattern;

/** cluster.yml as it is written. */
export type ClusterYml = RecordOf<typeof clusterFields>;
export type GroupYml = ClusterYml['machines'][string];
