import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';

test.each<[args: string, source: object | undefined]>([
  ['/var/data', undefined],
  ['-label data /var/data', { tag: 'LABEL', value: 'data' }],
  ['--uuid=0e4f6855-d81e /var/data', { tag: 'UUID', value: '0e4f6855-d81e' }],
  ['-device /dev/vdb1 -label data /var/data', { device: '/dev/vdb1' }],
  ['-label data -uuid 0e4f /var/data', { tag: 'LABEL', value: 'data' }],
  ['/dev/vdb1 /var/data', { device: '/dev/vdb1' }],
])('%s', (args, source) => {
  expect(readSettings(args.split(' '))).toEqual({ source, target: '/var/data' });
});

test.each([
  ['', /takes a mount point/],
  ['a b c', /takes a mount point/],
  ['var/data', /does not begin with "\/"/],
  ['-fs ext4 /var/data', /--fs/],
])('"%s" is refused', (args, message) => {
  expect(() => readSettings(args.split(' ').filter(Boolean))).toThrow(message);
});
