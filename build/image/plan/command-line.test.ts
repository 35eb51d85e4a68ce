import { expect, test } from 'vitest';
import { commandLine } from './command-line.ts';

test.each([
  ['', 'transparent_hugepage=never panic=1 quiet rcupdate.rcu_expedited=1'],
  [
    'console=ttyS0  panic=10 loglevel=7\n',
    'console=ttyS0 panic=10 loglevel=7 transparent_hugepage=never rcupdate.rcu_expedited=1',
  ],
])('command line %j', (given, expected) => {
  expect(commandLine(given, 'amd64')).toBe(expected);
});

test.each([
  ['arm64', 'console=ttyS0', 'console=ttyAMA0 console=ttyS0'],
  ['arm64', 'console=tty0 console=ttyS0,115200', 'console=ttyAMA0 console=tty0 console=ttyS0,115200'],
  ['arm64', 'console=ttyS0 console=ttyAMA0', 'console=ttyS0 console=ttyAMA0'],
  ['arm64', 'console=tty0', 'console=tty0'],
  ['arm64', '', ''],
  ['amd64', 'console=ttyAMA0', 'console=ttyS0 console=ttyAMA0'],
] as const)('the serial console of %s for %j', (arch, given, expected) => {
  expect(commandLine(given, arch).replace(/ ?transparent_hugepage.*/, '')).toBe(expected);
});

test('a kernel for production is locked down, takes only signed modules, and keeps what the manifest says', () => {
  const line = commandLine('console=ttyS0 "module.sig-enforce=0" init-on-alloc=0 -- x', 'amd64', true);
  expect(line).toBe(
    'console=ttyS0 "module.sig-enforce=0" init-on-alloc=0 transparent_hugepage=never panic=1 quiet ' +
      'rcupdate.rcu_expedited=1 lockdown=integrity slab_nomerge page_alloc.shuffle=1 ' +
      'randomize_kstack_offset=on vsyscall=none debugfs=off -- x',
  );
  expect(commandLine('', 'arm64', true)).not.toContain('vsyscall');
});
