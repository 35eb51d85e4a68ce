import { expect, test } from 'vitest';
import { chainOf, type Import, importsOf, isTest, isTestSupport, sourcesIn } from './sources.ts';

/**
 * The floors of build/, lowest first. A file may import its own room and what lies on lower floors. A folder
 * that is not listed belongs to the room of the folder above it.
 */
const floors = [
  // What any program on the host needs, and bytes on their way into files.
  ...['host', 'pieces', 'tree'],
  // Byte formats: one room each, reader and writer together.
  ...['binary/gzip', 'binary/cpio', 'binary/pe', 'binary/fat', 'binary/partitions', 'binary/disks'],
  ...['binary/iso9660'],
  // What work on the host stands on.
  ...['cache', 'work', 'debian', 'tools'],
  // A manifest: text, then OCI runtime specs.
  ...['manifest', 'spec'],
  // Images: their layers, where they come from, what a reference means.
  ...['layers', 'registry', 'transfer', 'packages', 'lock', 'images', 'pkg'],
  // A machine's image, before it takes the form of a format.
  ...['image/plan', 'image/kernel', 'image/sbom', 'image/volumes', 'image/flat', 'image/layered', 'image'],
  ...['outputs', 'explain', 'lint', 'schema'],
  // From manifests to files.
  ...['build.ts', 'verify'],
  // Machines: what boots, their records and clients, the processes that own them.
  ...['media', 'machine/records', 'machine/client', 'machine'],
  ...['backend', 'qemu', 'container', 'monitor', 'run'],
  ...['commands', 'main.ts'],
];

const sources = sourcesIn('build').filter((path) => !isTest(path) && !isTestSupport(path));
const imports = sources.flatMap(importsOf).filter(({ to }) => to.startsWith('build/'));

/** The number of the floor that a file is on: that of the longest listed path it lies in. */
function floorOf(path: string): number {
  const own = floors.filter((room) => path === `build/${room}` || path.startsWith(`build/${room}/`));
  return floors.indexOf(own.toSorted((a, b) => b.length - a.length)[0] ?? '');
}

const isUp = ({ from, to }: Import): boolean => floorOf(to) > floorOf(from);

test('every file of build/ is on a floor', () => {
  expect(sources.filter((path) => floorOf(path) < 0)).toEqual([]);
  expect(imports.length).toBeGreaterThan(500);
});

test('every floor has files', () => {
  const used = new Set(sources.map((path) => floors[floorOf(path)]));
  expect(floors.filter((floor) => !used.has(floor))).toEqual([]);
});

test('imports of build/ go down the floors', () => {
  const wrong = imports.filter(isUp).map((up) => {
    const back = chainOf(imports, up.to, up.from) ?? [up.to];
    return [up.from, ...back].join(' -> ');
  });
  expect(wrong).toEqual([]);
});
