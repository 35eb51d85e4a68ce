import { expect, test } from 'vitest';
import { parseManifest } from '../manifest/parse.ts';
import { entryIds, resolveId } from './ids.ts';

const text = `
onboot: [{name: a, image: x}, {name: b, image: x}, {name: a, image: x}]
onshutdown: [{name: c, image: x}]
services: [{name: d, image: x}, {name: b, image: x}]
`;

test('ids count from 100 over onboot, onshutdown and services; of a name that is there twice the later counts', () => {
  expect(Object.fromEntries(entryIds(parseManifest(text, 'x.yml', '/')))).toEqual({
    a: 102,
    b: 105,
    c: 103,
    d: 104,
  });
});

test.each<[string | number | undefined, number]>([
  [undefined, 0],
  ['', 0],
  ['root', 0],
  [4294967294, 4294967294],
  ['4294967294', 4294967294],
  ['65534', 65534],
  ['web', 100],
])('%j is %d', (id, number) => {
  expect(resolveId(id, new Map([['web', 100]]), [])).toBe(number);
});

test('the number that setresuid(2) takes for "as it is" is no id', () => {
  expect(() => resolveId('4294967295', new Map(), ['uid'])).toThrow('there is no entry "4294967295"');
});

test('an entry called root is not meant by "root"', () => {
  expect(resolveId('root', new Map([['root', 100]]), [])).toBe(0);
});
