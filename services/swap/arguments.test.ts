import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';

const read = (args: string) => readSettings(args.split(' '));

test('a file, with conditions', () => {
  expect(
    read(
      '--path /var/data/swap --size 2G --debug --encrypt --condition part:/var/data --condition partsize:/var/data:100G:true',
    ),
  ).toEqual({
    path: '/var/data/swap',
    bytes: 2 ** 31,
    encrypt: true,
    conditions: [
      { kind: 'part', path: '/var/data', isRequired: false },
      { kind: 'partsize', path: '/var/data', bytes: 100 * 2 ** 30, isRequired: true },
    ],
  });
});

test.each([
  ['--path /var/swap --size 2097153', 2_097_153],
  ['--path /var/swap --size 4096K', 2 ** 22],
  ['--path /var/swap --size 10M', 10 * 2 ** 20],
  ['--path /dev/vdb2', undefined],
])('%s', (args, bytes) => {
  expect(read(args).bytes).toBe(bytes);
});

test.each([
  ['--size 1G', /--path is missing/],
  ['--path /var/swap', /--size is missing/],
  ['--path /etc/swap --size 1G', /neither a file below \/var nor a device/],
  ['--path /var/ --size 1G', /neither/],
  ['--path /var/swap --size 1T', /"1T"/],
  ['--path /var/swap --size 4K', /at least 1M/],
  ['--path /dev/vdb --size 1G', /has its size/],
  ['--path /var/swap --size 1G --condition disk:/var', /none that this program knows/],
  ['--path /var/swap --size 1G --condition part:/var:yes', /none that this program knows/],
  ['--path /var/swap --size 1G --condition partsize:/var', /none that this program knows/],
  ['--path /var/swap --size 1G --condition partsize:/var:big', /"big"/],
])('%s is refused', (args, message) => {
  expect(() => read(args)).toThrow(message);
});
