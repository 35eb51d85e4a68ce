import { describe, expect, test } from 'vitest';
import { chainOf, type Import, importsOf, isGenerated, isTest, isTestSupport, sourcesIn } from './sources.ts';

/*
 * Each house lists its floors, lowest first. A file may import its own room and what lies on lower floors of
 * the house; imports.test.ts says what it may import of other houses. A folder that is not listed belongs to
 * the room of the folder above it.
 */

const build = [
  // Helpers of any program on the host, and bytes on their way into files.
  ...['host', 'cli', 'pieces', 'tree', 'http'],
  // Byte formats: one room each, reader and writer together.
  ...[
    'binary/gzip',
    'binary/der',
    'binary/efi',
    'binary/zstd',
    'binary/cpio',
    'binary/pe',
    'binary/fat',
    'binary/partitions',
    'binary/disks',
  ],
  ...['binary/iso9660', 'binary/erofs', 'binary/ar', 'binary/xz', 'binary/bzip2'],
  ...['binary/elf', 'binary/icu'],
  ['binary/compressed'],
  // What the name of an image means; a manifest: text, then OCI runtime specs.
  ...['reference', 'manifest', 'spec'],
  // Signatures and keys; who must have signed which images.
  ...['signing', 'policy'],
  // What LinuxKit has, and kit has for it.
  'parts',
  // The foundations of work on the host.
  ...['cache', 'work.ts', 'config', 'debian', 'tools'],
  // Images: their layers, where they come from, what a reference means.
  ...['layers', 'registry', 'trust', 'transfer', 'packages', 'lock', 'images', 'outdated', 'pkg'],
  // A machine's image before it is written in a format.
  ...[
    'image/entries',
    'image/plan',
    'image/demands',
    'image/kernel',
    'image/sbom',
    'image/volumes',
    'image/flat',
    'image/layered',
    'image',
  ],
  ...['cluster/fields.ts', 'outputs', 'explain', 'lint', 'promises', 'schema', 'metadata', 'migrate'],
  // From manifests to files.
  ...['build.ts', 'verify'],
  // Machines: what boots, their records and clients, the processes that own them.
  ...['media', 'size', 'machine/records', 'machine/client', 'machine'],
  ...['backend', 'qemu', 'container', 'monitor', 'run', 'update', 'audit'],
  // Several machines together.
  'cluster',
  // What images consist of, and what is known to be wrong with it.
  ...['inventory', 'cve', 'attest'],
  // What a TPM has measured of it.
  'measure',
  ...['commands', 'main.ts'],
  // What other people's programs import, and the npm package with all of it.
  ...['api', 'npm'],
  // The checkout's own start, from a bundle.
  ...['checkout', 'start.ts'],
];

const supervisor = [
  // Answers to calls; counters of the kernel.
  ...['calls', 'usage'],
  // Who did what.
  'audit',
  // The state machine, which is pure.
  'state',
  // Logs and records of failures.
  ...['logs', 'incidents'],
  // Programs in containers, probes; services on top of them.
  ...['exec', 'probe', 'service'],
  // PID 1: messages and reports.
  'init',
  // Actions of clients on services.
  ...['copy', 'tunnel', 'debug-image', 'report'],
  // What it has done from time to time.
  'trim',
  // Other services, without a boot.
  'update',
  // The calls of control.proto, and the transports for them.
  ...['control', 'access'],
  ...['supervise.ts', 'main.ts'],
];

const init = [
  // Operations on the guest, and the steps that perform them.
  ...['system', 'steps.ts', 'timeline.ts', 'end-requests.ts'],
  // Containers and daemons that the steps set up, run and keep running.
  ...['host', 'tasks', 'daemons'],
  // Code shared by boot and shutdown; then the two of them.
  ...['context.ts', 'shutdown', 'phases.ts'],
  ...['init.ts', 'main.ts'],
];

const lib = [
  'json',
  ...['errors', 'cmdline', 'process', 'files'],
  // Addresses and packets; system calls, by topic.
  ...['bundle/network.ts', 'net', 'linux/ffi.ts', 'linux/io', 'linux/net', 'linux/netlink', 'linux/mount'],
  ...['linux/process', 'linux/system', 'linux/terminal'],
  // Formats that host and guest share.
  ...['oci', 'archive', 'log', 'copy', 'report', 'audit', 'volumes', 'kernel-settings', 'bundle'],
  // What a machine is told about itself.
  'metadata',
  // The machine's TPM.
  'tpm',
  // What a machine may become without a boot.
  'updates',
  // Disks of a machine: what they hold, what Debian's programs do with them, what has to be done, doing it.
  ...['disks/observe/content.ts', 'disks/run-program.ts', 'disks/observe', 'disks/programs'],
  ...['disks/decide', 'disks/engine.ts', 'disks/keys', 'disks/act', 'disks'],
  // What services are made of.
  'service',
  // Clients and servers.
  ...['grpc', 'containerd', 'control'],
];

/** `imports`: a lower limit of imports within the house, so that the test fails if it finds none. */
const houses = [
  { folder: 'build', floors: build, imports: 500 },
  { folder: 'services/supervisor', floors: supervisor, imports: 150 },
  { folder: 'init', floors: init, imports: 60 },
  { folder: 'lib', floors: lib, imports: 120 },
];

const isOurs = (path: string): boolean => !isTest(path) && !isTestSupport(path) && !isGenerated(path);

describe.each(houses)('$folder', ({ folder, floors, imports: fewest }) => {
  const sources = sourcesIn(folder).filter(isOurs);
  const imports = sources
    .flatMap(importsOf)
    .filter(({ to }) => to.startsWith(`${folder}/`) && !isGenerated(to));

  /** The index of a file's floor: that of the longest listed path that contains the file. */
  function floorOf(path: string): number {
    const rooms = floors.filter(
      (room) => path === `${folder}/${room}` || path.startsWith(`${folder}/${room}/`),
    );
    return floors.indexOf(rooms.toSorted((a, b) => b.length - a.length)[0] ?? '');
  }

  const isUp = ({ from, to }: Import): boolean => floorOf(to) > floorOf(from);

  test('every file is on a floor', () => {
    expect(sources.filter((path) => floorOf(path) < 0)).toEqual([]);
    expect(imports.length).toBeGreaterThan(fewest);
  });

  test('every floor has files', () => {
    const used = new Set(sources.map((path) => floors[floorOf(path)]));
    expect(floors.filter((floor) => !used.has(floor))).toEqual([]);
  });

  test('imports go down the floors', () => {
    const wrong = imports.filter(isUp).map((up) => {
      const back = chainOf(imports, up.to, up.from) ?? [up.to];
      return [up.from, ...back].join(' -> ');
    });
    expect(wrong).toEqual([]);
  });
});
