import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';

test.each([
  ['sysctl', '', '/etc/sysctl.d', '/proc/sys'],
  ['sysctl', '-configDir /a --sysctlDir=/b', '/a', '/b'],
  ['sysfs', '', '/etc/sysfs.d', '/sys'],
  ['sysfs', '-sysfsDir /b', '/etc/sysfs.d', '/b'],
] as const)('%s %s', (name, args, config, root) => {
  expect(readSettings(name, args.split(' ').filter(Boolean))).toEqual({ config, root });
});

test.each(['-sysfsDir /x', 'word', '-configDir'])('sysctl %s is refused', (args) => {
  expect(() => readSettings('sysctl', args.split(' '))).toThrow(/Cannot/);
});
