import { expect, test } from 'vitest';
import { parseCopyRequest, parseEndpoint } from './copy-request.ts';

const inMachine = (machine: string, service: string, path: string) => ({
  kind: 'machine',
  machine,
  service,
  path,
});

test.each([
  ['t1:web:/etc/x', inMachine('t1', 'web', '/etc/x')],
  ['t1:/etc/x', inMachine('t1', '', '/etc/x')],
  ['t1:web:etc', inMachine('t1', 'web', '/etc')],
  ['t1:etc', inMachine('t1', '', '/etc')],
  ['t1:web:/a:b', inMachine('t1', 'web', '/a:b')],
  ['t1:/a:b', inMachine('t1', '', '/a:b')],
  ['-', { kind: 'stream' }],
  ['./a:b', { kind: 'host', path: './a:b' }],
  ['/a:b', { kind: 'host', path: '/a:b' }],
  ['dir/a:b', { kind: 'host', path: 'dir/a:b' }],
  ['file', { kind: 'host', path: 'file' }],
])('%s', (text, side) => {
  expect(parseEndpoint(text)).toEqual(side);
});

test.each([
  ['', 'x', 'Cannot copy "": expected a path'],
  ['t1:', 'x', 'Cannot copy "t1:": the path is missing'],
  ['t1:web:', 'x', 'Cannot copy "t1:web:": the path is missing'],
  ['t1:/x', 't2:/x', 'Cannot copy "t1:/x" to "t2:/x": both are in machines'],
  ['x', '-', 'Cannot copy "x" to "-": neither is in a machine'],
])('%j to %j is refused', (source, target, message) => {
  expect(() => parseCopyRequest(source, target)).toThrow(message);
});
