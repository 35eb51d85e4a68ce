import { expect, test } from 'vitest';
import { consoleShell } from '../tasks/shell.ts';
import { fakeMachine } from '../testing/fake-kernel.ts';
import { closeForProduction } from './production.ts';

const marker = { '/etc/kit/production': '' };
const offered = { '/proc/sys/kernel/sysrq': '438', '/proc/sys/kernel/yama/ptrace_scope': '0' };

test('an image for production closes what the kernel has, and dumps no core', () => {
  const machine = fakeMachine({ ...marker, ...offered });
  expect(closeForProduction(machine)).toBe('for production');
  expect(machine.disk.get('/proc/sys/kernel/sysrq')).toBe('0');
  expect(machine.disk.get('/proc/sys/kernel/yama/ptrace_scope')).toBe('3');
  expect(machine.disk.has('/proc/sys/kernel/kexec_load_disabled')).toBe(false);
  expect(machine.did).toEqual(['limit CORE 0']);
});

test('what the kernel refuses is told, and keeps it from nothing else', () => {
  const machine = fakeMachine({ ...marker, ...offered });
  const write = (path: string, text: string): void => {
    if (path.endsWith('sysrq')) throw new Error('EPERM');
    machine.disk.set(path, text);
  };
  const kernel = { ...machine.kernel, files: { ...machine.kernel.files, write } };
  expect(closeForProduction({ ...machine, kernel })).toBe('for production, kernel/sysrq stays as it is');
  expect(machine.disk.get('/proc/sys/kernel/yama/ptrace_scope')).toBe('3');
});

test('any other image is left as it is', () => {
  const machine = fakeMachine(offered);
  expect(closeForProduction(machine)).toBeUndefined();
  expect([...machine.disk]).toEqual(Object.entries(offered));
});

test('there is no shell on its console, and it says so', async () => {
  const machine = fakeMachine(marker);
  await consoleShell('a shell', machine);
  expect(machine.shown).toEqual(['No shell: the image was built with --production']);
});
