import { expect, test } from 'vitest';
import { FieldErrors } from './field-error.ts';
import { bundle, type Fields, type Image, imageX, scope } from './testing.ts';

const production = { ...scope, production: true };
const node = ['/usr/bin/node', '--require=/usr/lib/kit/preload.cjs', '/service/main.mjs'];

const errorsOf = (fields: Fields, image: Image = { Entrypoint: ['/run'] }, label = {}): string[] => {
  try {
    bundle(fields, label, image, production);
    return [];
  } catch (thrown) {
    if (!(thrown instanceof FieldErrors)) throw thrown;
    return thrown.errors.map(({ path, message }) => `${path.join('.')}: ${message}`);
  }
};

const port = 'which opens a debugger port';
const opens: [string, Fields, string][] = [
  [
    'a shell after a failure',
    { onFailure: 'shell' },
    'onFailure: Cannot build for production: onFailure "shell" opens a shell on the console',
  ],
  [
    'a getty',
    { command: ['/sbin/agetty', 'ttyS0'] },
    'image: Cannot build for production: "web" opens a shell on the console',
  ],
  [
    'NODE_OPTIONS',
    { env: ['A=1', 'NODE_OPTIONS=--a --inspect=0.0.0.0'] },
    `env.1: Cannot build for production: NODE_OPTIONS has "--inspect=0.0.0.0", ${port}`,
  ],
  [
    '--inspect-brk',
    { command: ['node', '--inspect-brk', 'x.js'] },
    `command: Cannot build for production: the command has "--inspect-brk", ${port}`,
  ],
  [
    'node inspect',
    { command: ['/usr/local/bin/node', 'inspect', 'x.js'] },
    `command: Cannot build for production: the command has "inspect", ${port}`,
  ],
];

test.each(opens)('rejected for production: %s', (_what, fields, sentence) => {
  expect(errorsOf(fields)).toEqual([sentence]);
  expect(() => bundle(fields)).not.toThrow();
});

test('a label is checked as well, and all errors are reported together', () => {
  expect(errorsOf({ env: ['NODE_OPTIONS=--inspect'] }, undefined, { onFailure: 'shell' })).toHaveLength(2);
});

test('an image with the login label is rejected', async () => {
  const image = { Entrypoint: ['/run'], Labels: { 'io.kit.login': 'console' } };
  const { bundleSpec } = await import('./bundle.ts');
  const entry = { name: 'web', image: imageX };
  expect(() => bundleSpec(entry, image, production)).toThrow('"web" opens a shell on the console');
  expect(() => bundleSpec(entry, image, scope)).not.toThrow();
});

test.each([
  ['an ordinary service', {}],
  [
    'the port of an inspector that is off',
    { env: ['NODE_OPTIONS=--inspect-port=9230 --enable-source-maps'] },
  ],
  ["another program's --inspect", { command: ['/run', '--inspect'] }],
])('accepted: %s', (_what, fields) => {
  expect(errorsOf(fields)).toEqual([]);
});

test("SIGUSR1 does not open the inspector of kit's Node, whatever command the manifest sets", () => {
  const image = { Entrypoint: node };
  const args = (fields: Fields, of: Image = image) => bundle(fields, {}, of, production).spec.process.args;
  expect(args({})).toEqual(['/usr/bin/node', '--disable-sigusr1', ...node.slice(1)]);
  expect(args({ command: ['/usr/bin/node', '/x.mjs'] })).toEqual([
    '/usr/bin/node',
    '--disable-sigusr1',
    '/x.mjs',
  ]);
  expect(args({}, { Entrypoint: ['/usr/bin/node', '/theirs.js'] })).toEqual(['/usr/bin/node', '/theirs.js']);
});
