import fc from 'fast-check';
import { expect, test } from 'vitest';
import { consoleNames } from '../../lib/cmdline/console-names.ts';
import { consoles } from './consoles.ts';
import { renderIssue } from './issue.ts';
import { nextPause } from './respawn.ts';

const everything = (): boolean => true;

test.each([
  ['console=ttyS0', ['ttyS0']],
  ['quiet console=tty0 console=ttyS0,115200n8 panic=1', ['tty0', 'ttyS0']],
  ['console=ttyS0 console=ttyS0,9600', ['ttyS0']],
  ['"console=hvc0" init="/x console=tty9 y"', ['hvc0']],
  ['netconsole=x earlycon=y xconsole=ttyS0 console=', []],
  ['console=/dev/ttyAMA0', ['ttyAMA0']],
])('finds the consoles of the command line %s', (commandLine, names) => {
  expect(consoleNames(commandLine)).toEqual(names);
});

test('lists only consoles with a device, with their terminal type', () => {
  const found = consoles('console=tty0 console=ttyS0 console=hvc0', '', (device) => device !== '/dev/hvc0');
  expect(found).toEqual([
    { name: 'tty0', device: '/dev/tty0', term: 'linux' },
    { name: 'ttyS0', device: '/dev/ttyS0', term: 'vt220' },
  ]);
});

test("uses the kernel's active consoles only if there is no console=", () => {
  expect(consoles('quiet', 'tty0 ttyS1\n', everything).map(({ name }) => name)).toEqual(['tty0', 'ttyS1']);
  expect(consoles('console=hvc0', 'tty0', everything).map(({ name }) => name)).toEqual(['hvc0']);
  expect(consoles('', '', everything)).toEqual([]);
});

test('no command line names a device outside /dev', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (before, name) => {
      for (const { device } of consoles(`${before} console=${name}`, name, everything)) {
        expect(device).toMatch(/^\/dev\/./);
        expect(device).not.toContain('/../');
      }
    }),
  );
});

test('expands the escapes of an issue file', () => {
  const facts = { hostname: 't1', line: 'ttyS0', release: '6.12', machine: 'x86_64' };
  expect(renderIssue('\\s \\r on \\n (\\l) \\m \\\\n \\q\n', facts)).toBe(
    'Linux 6.12 on t1 (ttyS0) x86_64 \\n \\q\n',
  );
});

test('doubles the pause after short sessions, up to 30 seconds', () => {
  let pause = 0;
  const pauses = Array.from({ length: 10 }, () => {
    pause = nextPause(pause, 10);
    return pause;
  });
  expect(pauses).toEqual([250, 500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
  expect(nextPause(30_000, 60_000)).toBe(0);
});
