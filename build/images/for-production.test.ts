import { expect, test } from 'vitest';
import { parseManifest } from '../manifest/parse.ts';
import { forProduction } from './for-production.ts';

function kept(text: string): { readonly names: string[]; readonly said: string[] } {
  const said: string[] = [];
  const { onboot, onshutdown, services } = forProduction(parseManifest(text, 'x.yml', '/'), (line) =>
    said.push(line),
  );
  return { names: [...onboot, ...onshutdown, ...services].map(({ value }) => value.name), said };
}

test('entries of all sections that are not for production are left out, and named', () => {
  const text = `
onboot: [{name: a, image: x}, {name: b, image: x, production: false}]
onshutdown: [{name: c, image: x, production: false}]
services:
  - {name: d, image: x, production: true, after: [e]}
  - {name: e, image: x}
  - {name: getty, image: x, production: false, after: [e]}`;
  expect(kept(text)).toEqual({
    names: ['a', 'd', 'e'],
    said: ['b', 'c', 'getty'].map((name) => `"${name}" is left out: production: false`),
  });
});

test('a manifest without such entries stays as it is', () => {
  const manifest = parseManifest('services: [{name: a, image: x}]', 'x.yml', '/');
  expect(forProduction(manifest, () => {})).toBe(manifest);
});

test('a service that waits for one of them is an error at its place', () => {
  const text = 'services:\n  - {name: a, image: x, production: false}\n  - {name: b, image: x, after: [a]}\n';
  expect(() => kept(text)).toThrow(
    expect.objectContaining({
      message: 'Cannot build for production: "b" starts after "a", which is left out there',
      place: expect.objectContaining({ file: 'x.yml', line: 3 }),
    }),
  );
});
