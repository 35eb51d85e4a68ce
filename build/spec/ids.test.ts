import { expect, test } from 'vitest';
import { parseManifest } from '../manifest/parse.ts';
import { entryIds, resolveId } from './ids.ts';

const text = `
onboot: [{name: a, image: x}, {name: b, image: x}, {name: a, image: x}]
onshutdown: [{name: c, image: x}]
services: [{name: d, image: x}, {name: b, image: x}]
`;

test('ids start at 100, over onboot, onshutdown and services; the later of duplicate names wins', () => {
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

test('(uid_t)-1 is not an id', () => {
  expect(() => resolveId('4294967295', new Map(), ['uid'])).toThrow('there is no entry "4294967295"');
});

test('"root" is 0 even if there is an entry with this name', () => {
  expect(resolveId('root', new Map([['root', 100]]), [])).toBe(0);
});
