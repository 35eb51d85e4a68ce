import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';

test.each<[args: string, settings: object]>([
  ['data /dev/vdb', {}],
  ['-l data /dev/vdb', { luks: true }],
  ['-k other data /dev/vdb', { keyFile: '/etc/dm-crypt/other' }],
  ['--key-file=/run/key --luks data /dev/vdb', { keyFile: '/run/key', luks: true }],
  ['--key other --force data /dev/vdb', { keyFile: '/etc/dm-crypt/other', force: true }],
])('%s', (args, settings) => {
  const defaults = {
    name: 'data',
    device: '/dev/vdb',
    keyFile: '/etc/dm-crypt/key',
    luks: false,
    force: false,
  };
  expect(readSettings(args.split(' '))).toEqual({ ...defaults, ...settings });
});

test.each([
  ['data', /takes the name of the mapping and a device/],
  ['data /dev/vdb more', /takes the name/],
  ['../data /dev/vdb', /no name of a mapping/],
  ['.. /dev/vdb', /no name of a mapping/],
])('%s is refused', (args, message) => {
  expect(() => readSettings(args.split(' '))).toThrow(message);
});
