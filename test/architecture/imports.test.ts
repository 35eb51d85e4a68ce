import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { expect, test } from 'vitest';
import { kitRoot } from '../../build/paths.ts';

/** Rooms, and the rooms that each may import besides itself (design: everything else goes through lib/). */
const allowed: Readonly<Record<string, readonly string[]>> = {
  lib: [],
  init: ['lib'],
  services: ['lib'],
  build: ['lib'],
  test: ['lib', 'init', 'services', 'build'],
};

interface Import {
  readonly from: string;
  readonly to: string;
}

const sources = Object.keys(allowed).flatMap((room) =>
  (readdirSync(join(kitRoot, room), { recursive: true }) as string[])
    .filter((path) => /\.m?ts$/.test(path))
    .map((path) => join(room, path)),
);
const imports = sources.flatMap(localImports);

/** A room is a top-level folder; each service is a room of its own. */
function roomOf(path: string): string {
  const [top = '', second = ''] = path.split('/');
  return top === 'services' ? `services/${second}` : top;
}

function localImports(from: string): Import[] {
  const text = readFileSync(join(kitRoot, from), 'utf8');
  const specifiers = [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map(
    (match) => match[1] ?? '',
  );
  return specifiers.map((specifier) => ({
    from,
    to: relative('.', normalize(join(dirname(from), specifier))),
  }));
}

test('there are sources to look at', () => {
  expect(sources.length).toBeGreaterThan(20);
  expect(imports.length).toBeGreaterThan(20);
});

test('rooms import only what they may', () => {
  const wrong = imports.filter(({ from, to }) => {
    const [room, target] = [roomOf(from), roomOf(to)];
    if (room === target) return false;
    const top = room.split('/')[0] ?? '';
    return !allowed[top]?.includes(target.split('/')[0] ?? '');
  });
  expect(wrong).toEqual([]);
});

test('no file imports itself in a circle', () => {
  const edges = Map.groupBy(imports, ({ from }) => from);
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
  expect(sources.map((file) => visit(file, [])).find((circle) => circle !== undefined)).toBeUndefined();
});

test('only lib/linux calls the kernel directly', () => {
  const wrong = sources.filter(
    (path) =>
      !path.startsWith('lib/linux/') && readFileSync(join(kitRoot, path), 'utf8').includes("'node:ffi'"),
  );
  expect(wrong).toEqual(['test/architecture/imports.test.ts']);
});
