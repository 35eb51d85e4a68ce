import { describe, expect, test } from 'vitest';
import { chainOf, type Import, importsOf, isGenerated, isTest, isTestSupport, sourcesIn } from './sources.ts';

/*
 * The floors of init/ and lib/, lowest first, as in floors.test.ts: a file may import its own room and lower
 * floors. A folder that is not listed belongs to the room of the folder above it.
 */

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
  ...['errors', 'cmdline'],
  // Addresses and packets; system calls, by topic.
  ...['bundle/network.ts', 'net', 'linux/ffi.ts', 'linux/io', 'linux/net', 'linux/netlink', 'linux/mount'],
  ...['linux/process', 'linux/system', 'linux/terminal'],
  // Formats that host and guest share.
  ...['oci', 'archive', 'log', 'copy', 'report', 'volumes', 'bundle'],
  // Clients and servers.
  ...['grpc', 'containerd', 'control'],
];

const houses = [
  { folder: 'init', floors: init, fewest: 60 },
  { folder: 'lib', floors: lib, fewest: 120 },
];

describe.each(houses)('$folder', ({ folder, floors, fewest }) => {
  const sources = sourcesIn(folder).filter(
    (path) => !isTest(path) && !isTestSupport(path) && !isGenerated(path),
  );
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
