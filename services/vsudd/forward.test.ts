import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';
import { parseForward } from './forward.ts';

test.each([
  ['2374:unix:/run/containerd/containerd.sock', { port: 2374, socket: '/run/containerd/containerd.sock' }],
  ['1:unix:/a:b', { port: 1, socket: '/a:b' }],
  ['0000C001-facb-11e6-bd58-64006a7986d3:unix:/x', { port: 0xc001, socket: '/x' }],
])('%s', (text, expected) => expect(parseForward(text)).toEqual(expected));

test.each([
  ['2374', 'the port has to be a number'],
  ['x:unix:/a', 'the port has to be a number'],
  ['0:unix:/a', 'the port has to be a number'],
  ['4294967295:unix:/a', 'the port has to be a number'],
  ['0000c001-facb-11e6-bd58-000000000000:unix:/a', 'the port has to be a number'],
  ['5:unixgram:/a', 'only unix sockets'],
  ['5:unix:a', 'has to be absolute'],
  [`5:unix:/${'ü'.repeat(60)}`, 'more than 107 bytes'],
])('refuses %s', (text, why) => expect(() => parseForward(text)).toThrow(why));

test('every port leads to its socket', () => {
  const port = fc.integer({ min: 1, max: 0xffff_fffe });
  fc.assert(
    fc.property(port, fc.stringMatching(/^[a-z:.]{1,80}$/), (number, name) => {
      expect(parseForward(`${number}:unix:/${name}`)).toEqual({ port: number, socket: `/${name}` });
    }),
  );
});

test('flags are those of LinuxKit, with one dash or two', () => {
  const args = ['-inport', '5:unix:/a', '--inport=6:unix:/b', '-allow-cid', '1', '-max-connections', '2'];
  expect(readSettings(args)).toEqual({
    forwards: [
      { port: 5, socket: '/a' },
      { port: 6, socket: '/b' },
    ],
    cids: [1],
    maxConnections: 2,
  });
  expect(readSettings(['-inport', '5:unix:/a']).cids).toEqual([2]);
  expect(() => readSettings([])).toThrow('no port is to be forwarded');
  expect(() => readSettings(['-inport', '5:unix:/a', '-inport', '5:unix:/b'])).toThrow('to two sockets');
});
