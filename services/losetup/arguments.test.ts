import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';

test.each<[args: string, settings: object]>([
  ['/var/a.img', { create: undefined, device: '/dev/loop0' }],
  ['-c /var/a.img', { create: 10 * 2 ** 20, device: '/dev/loop0' }],
  ['-c -s 64 -d /dev/loop100 /var/a.img', { create: 64 * 2 ** 20, device: '/dev/loop100' }],
  ['--create --size=1 --dev=/dev/loop7 /var/a.img', { create: 2 ** 20, device: '/dev/loop7' }],
])('%s', (args, settings) => {
  expect(readSettings(args.split(' '))).toEqual({ file: '/var/a.img', ...settings });
});

test.each([
  ['', /takes one file/],
  ['a b', /takes one file/],
  ['-s 0 a', /"0"/],
  ['-d /dev/vdb a', /no loop device/],
])('"%s" is refused', (args, message) => {
  expect(() => readSettings(args.split(' ').filter(Boolean))).toThrow(message);
});
