import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { backends } from '../../build/monitor/backends.ts';
import { type Import, importsOf, isTest, isTestSupport, sourcesIn, textOf } from './sources.ts';

const table = 'build/monitor/backends.ts';
const isProduct = (path: string): boolean => !isTest(path) && !isTestSupport(path);
const imports = sourcesIn('build').filter(isProduct).flatMap(importsOf);

test.each(Object.keys(backends))('only its row in the table imports the backend "%s"', (name) => {
  const room = `build/${name}/`;
  const intoRoom = ({ from, to }: Import): boolean => to.startsWith(room) && !from.startsWith(room);
  expect(imports.filter(intoRoom)).toEqual([{ from: table, to: `${room}backend.ts` }]);
});

test('the monitor, which runs as long as its machine, does not load the builder', () => {
  const loaded = loadedBy('build/monitor/monitor-main.ts');
  expect([...loaded]).toContain(table);
  expect([...loadedBy('build/qemu/qemu-plan.ts')]).toContain('build/build.ts');
  expect(
    [...loaded].filter((path) => /^build\/(?:build\.ts|image\/|packages\/|manifest\/)/.test(path)),
  ).toEqual([]);
});

/** The files that Node loads at the start of a program: not those of type imports and dynamic ones. */
function loadedBy(program: string): Set<string> {
  const loaded = new Set([program]);
  for (const from of loaded) {
    const specifiers = textOf(from).matchAll(/^(?:import|export) (?!type )(?:[^;']*? from )?'(\.[^']+)'/gm);
    for (const [, path = ''] of specifiers) loaded.add(normalize(join(dirname(from), path)));
  }
  return loaded;
}
