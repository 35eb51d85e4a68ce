import { expect, test } from 'vitest';
import { type Import, importsOf, isTest, isTestSupport, sourcesIn, textOf } from './sources.ts';

/** Top-level rooms, and the rooms that each may import besides itself: everything else goes through lib/. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  init: ['lib'],
  services: ['lib'],
  build: ['lib'],
  test: ['lib', 'init', 'services', 'build'],
};

const sources = Object.keys(allowed).flatMap(sourcesIn);
const imports = sources.flatMap(importsOf);

/** A room is a top-level folder; each service is a room of its own. */
function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'services' ? `services/${second}` : top;
}

test('sources are found', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(imports.length).toBeGreaterThan(20);
});

test('rooms import only what they may', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [room, target] = [roomOf(from), roomOf(to)];
    if (room === target) return false;
    // Tests beside the code share the helpers of test/support, which no program imports.
    if (to.startsWith('test/support/') && (isTest(from) || isTestSupport(from))) return false;
    const top = room.split('/')[0] ?? '';
    return !allowed[top]?.includes(target.split('/')[0] ?? '');
  });
  expect(wrong).toEqual([]);
});

test('no import cycles', () => {
  expect(circleOf(imports)).toBeUndefined();
});

test('programs are started only through functions that report a failure to start', () => {
  const starters = ['lib/linux/process/spawn.ts', 'build/host/program.ts'];
  const wrong = sources.filter((path) => {
    if (isTest(path) || isTestSupport(path) || starters.includes(path)) return false;
    return /^import (?!type ).*'(?:node:child_process|execa)'/m.test(textOf(path));
  });
  expect(wrong).toEqual([]);
});

test('folders are made with their parents only by a function that always returns', () => {
  const wrong = sources.filter((path) => {
    if (isTest(path) || isTestSupport(path)) return false;
    return /\bmkdir(?:Sync)?\([^;]*recursive: true/.test(textOf(path));
  });
  expect(wrong).toEqual([]);
});

test('only lib/linux calls the kernel directly', () => {
  const wrong = sources.filter(
    (path) => !path.startsWith('lib/linux/') && textOf(path).includes("'node:ffi'"),
  );
  expect(wrong).toEqual(['test/architecture/imports.test.ts']);
});

function circleOf(all: readonly Import[]): readonly string[] | undefined {
  const edges = Map.groupBy(all, ({ from }) => from);
  const done = new Set<string>();
  const visit = (file: string, path: readonly string[]): readonly string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of edges.get(file) ?? []) {
      const circle = visit(to, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  return sources.map((file) => visit(file, [])).find((circle) => circle !== undefined);
}
