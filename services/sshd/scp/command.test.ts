import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseScp } from './command.ts';

const plain = { mode: 'receive', recursive: false, preserve: false, folder: false, paths: ['/root/x'] };

test.each([
  ['scp -t x', {}],
  ['scp -t -- x', {}],
  ['scp -v -t ./x', {}],
  ['/usr/bin/scp -t ~/x', {}],
  ["scp -t 'a b'", { paths: ['/root/a b'] }],
  ['scp -t a\\ "b"c', { paths: ['/root/a bc'] }],
  ['scp -t ~', { paths: ['/root/'] }],
  ['scp -r -p -d -t /tmp', { recursive: true, preserve: true, folder: true, paths: ['/tmp'] }],
  ['scp -prf /a /b', { mode: 'send', recursive: true, preserve: true, paths: ['/a', '/b'] }],
  ['scp -f -- -x', { mode: 'send', paths: ['/root/-x'] }],
])('%s', (command, expected) => {
  expect(parseScp(command, '/root')).toEqual({ ...plain, ...expected });
});

test.each([
  ...['scp', 'scp x', 'scp x y', 'scp -t', 'scp -t a b', 'scp -tf a', 'scp -S sh -t a', 'myscp -t a'],
  ...['scp -f *.txt', 'scp -f $HOME', 'scp -f "$HOME"', 'scp -t a; id', 'scp -t a | id', 'scp -t `id`'],
  ...["scp -t 'a", 'scp -t a > b', 'scp -f {a,b}', 'scp -f $(id)', ''],
])('is for the shell: %s', (command) => {
  expect(parseScp(command, '/root')).toBeUndefined();
});

test('property: what a client quotes arrives as it was', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[^'\0\n]+$/), (path) => {
      expect(parseScp(`scp -t -- '/${path}'`, '/root')?.paths).toEqual([`/${path}`]);
    }),
  );
});
