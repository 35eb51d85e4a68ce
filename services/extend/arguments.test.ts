import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';

test.each<[args: string, settings: object]>([
  ['', {}],
  ['-type btrfs /dev/vda /dev/vdb', { type: 'btrfs', devices: ['/dev/vda', '/dev/vdb'] }],
  ['-stop-on-error=false', { stopOnError: false }],
  ['-stop-on-error /dev/vda', { devices: ['/dev/vda'] }],
])('%s', (args, settings) => {
  const defaults = { type: 'ext4', stopOnError: true, devices: undefined };
  expect(readSettings(args.split(' ').filter(Boolean))).toEqual({ ...defaults, ...settings });
});

test('what it does not know is refused', () => {
  expect(() => readSettings(['-type', 'zfs'])).toThrow(/zfs/);
  expect(() => readSettings(['-stop-on-error=perhaps'])).toThrow(/perhaps/);
});
