import fc from 'fast-check';
import { expect, test } from 'vitest';
import { syntheticProject } from '../synthetic-lock.ts';
import { foundFrom, layoutOf } from './layout.ts';
import { readNpmLock } from './npm-lock.ts';
import { type SelectedNode, type Selection, selectPackages } from './select.ts';

const integrity = `sha512-${'A'.repeat(86)}==`;

function node(name: string, version: string, dependencies: Record<string, string>): SelectedNode {
  return {
    ...{ name, version, integrity, isOptional: false, platforms: undefined },
    dependencies: new Map(Object.entries(dependencies)),
  };
}

const selection = (roots: Record<string, string>, nodes: Record<string, SelectedNode>): Selection => ({
  roots: new Map(Object.entries(roots)),
  nodes: new Map(Object.entries(nodes)),
});

test('a second version of a package goes below the package that needs it', () => {
  const nodes = {
    'a@1': node('a', '1.0.0', { b: 'b@1', c: 'c@2' }),
    'b@1': node('b', '1.0.0', { c: 'c@1' }),
    'c@1': node('c', '1.0.0', {}),
    'c@2': node('c', '2.0.0', { b: 'b@1' }),
  };
  expect([...layoutOf(selection({ a: 'a@1' }, nodes))]).toEqual([
    ['node_modules/a', 'a@1'],
    ['node_modules/b', 'b@1'],
    ['node_modules/b/node_modules/c', 'c@1'],
    ['node_modules/c', 'c@2'],
  ]);
});

test('packages that depend on each other end', () => {
  const nodes = {
    'a@1': node('a', '1.0.0', { b: 'b@1' }),
    'b@1': node('b', '1.0.0', { a: 'a@2' }),
    'a@2': node('a', '2.0.0', { b: 'b@1' }),
  };
  expect([...layoutOf(selection({ a: 'a@1' }, nodes)).values()].sort()).toEqual(['a@1', 'a@2', 'b@1']);
});

test('versions that need each other in turn are refused', () => {
  const nodes = {
    'a@1': node('a', '1.0.0', { b: 'b@2' }),
    'b@2': node('b', '2.0.0', { a: 'a@2' }),
    'a@2': node('a', '2.0.0', { b: 'b@1' }),
    'b@1': node('b', '1.0.0', { a: 'a@1' }),
  };
  expect(() => layoutOf(selection({ a: 'a@1', b: 'b@1' }, nodes))).toThrow(
    /Cannot put npm package "[ab]@[12]"/,
  );
});

/** Graphs of 8 packages in 2 versions each, which depend on later ones, some under another name. */
const graphs = fc
  .array(fc.array(fc.tuple(fc.nat(7), fc.nat(3)), { maxLength: 5 }), { minLength: 16, maxLength: 16 })
  .map((lists) => {
    const nodes: Record<string, SelectedNode> = {};
    for (const [at, list] of lists.entries()) {
      const [name, version] = [`p${Math.floor(at / 2)}`, `${(at % 2) + 1}.0.0`];
      const later = list.filter(([other]) => other > at / 2);
      const ids = later.map(([other, kind]) => [
        kind === 3 ? `alias-${other}` : `p${other}`,
        `p${other}@${kind === 1 ? 2 : 1}.0.0`,
      ]);
      nodes[`${name}@${version}`] = node(name, version, Object.fromEntries(ids));
    }
    return selection({ p0: 'p0@1.0.0', p1: 'p1@2.0.0' }, nodes);
  });

test('every package finds the versions of its dependencies', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const places = layoutOf(graph);
      for (const [name, id] of graph.roots) expect(places.get(`node_modules/${name}`)).toBe(id);
      for (const [folder, id] of places) {
        for (const [name, wanted] of graph.nodes.get(id)?.dependencies ?? []) {
          expect(places.get(foundFrom(places, folder, name) ?? '')).toBe(wanted);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test('a lock file that kit writes is read as the same packages', () => {
  fc.assert(
    fc.property(graphs, (graph) => {
      const { lock } = syntheticProject(graph);
      const read = readNpmLock(Buffer.from(lock), '', 'x');
      const again = selectPackages(read, ['p0', 'p1'], 'amd64', { file: 'x', importer: 'y' });
      expect(syntheticProject(again).lock).toBe(lock);
    }),
    { numRuns: 60 },
  );
});
