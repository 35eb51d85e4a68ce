import { expect, test } from 'vitest';
import { readSettings } from './arguments.ts';

test('reads the arguments', () => {
  const args = ['--interface', 'eth*', '--interface=ens?', '--once', '--timeout', '2.5'];
  expect(readSettings(args)).toMatchObject({ patterns: ['eth*', 'ens?'], once: true, timeoutMs: 2500 });
  expect(readSettings([])).toMatchObject({ patterns: [], once: false, folder: '/run/dhcp' });
});

test.each([[['--timeout', 'soon']], [['--timeout', '0']], [['--fast']], [['eth0']]])('refuses %j', (args) => {
  expect(() => readSettings(args)).toThrow(/^Cannot /);
});
