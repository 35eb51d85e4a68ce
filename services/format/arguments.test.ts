import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';

const defaults = {
  label: undefined,
  type: 'ext4',
  table: 'dos',
  force: false,
  verbose: false,
  device: undefined,
};

test.each<[args: string, settings: object]>([
  ['', {}],
  [
    '-label data -type xfs -partition gpt /dev/vdb',
    { label: 'data', type: 'xfs', table: 'gpt', device: '/dev/vdb' },
  ],
  ['-force --verbose=true /dev/vdb', { force: true, verbose: true, device: '/dev/vdb' }],
  ['-force=false', {}],
])('%s', (args, settings) => {
  expect(readSettings(args.split(' ').filter(Boolean))).toEqual({ ...defaults, ...settings });
});

test.each([
  ['-type ntfs', /ntfs/],
  ['-partition sun', /sun/],
  ['-label seventeen-letters /dev/vdb', /it has 17 bytes, of ext4 it may have 16/],
  ['/dev/vdb /dev/vdc', /more than one device/],
  ['/dev/vdb -force', /more than one device/],
  ['-force', /-force without a device/],
  ['-q', /-q/],
])('%s is refused', (args, message) => {
  expect(() => readSettings(args.split(' '))).toThrow(message);
});
