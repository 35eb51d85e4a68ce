import { expect, test } from 'vitest';
import { openConsoleShell } from '../tasks/shell.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { hardenForProduction } from './production.ts';

const marker = { '/etc/kit/production': '' };
const defaults = { '/proc/sys/kernel/sysrq': '438', '/proc/sys/kernel/yama/ptrace_scope': '0' };

test('an image for production closes the kernel settings that exist, and dumps no core', () => {
  const context = fakeContext({ ...marker, ...defaults });
  expect(hardenForProduction(context)).toBe('for production');
  expect(context.disk.get('/proc/sys/kernel/sysrq')).toBe('0');
  expect(context.disk.get('/proc/sys/kernel/yama/ptrace_scope')).toBe('3');
  expect(context.disk.has('/proc/sys/kernel/kexec_load_disabled')).toBe(false);
  expect(context.calls).toEqual(['limit CORE 0']);
});

test('a setting that the kernel refuses is reported, and the others are applied', () => {
  const context = fakeContext({ ...marker, ...defaults });
  const write = (path: string, text: string): void => {
    if (path.endsWith('sysrq')) throw new Error('EPERM');
    context.disk.set(path, text);
  };
  const system = { ...context.system, files: { ...context.system.files, write } };
  expect(hardenForProduction({ ...context, system })).toBe('for production, kernel/sysrq could not be set');
  expect(context.disk.get('/proc/sys/kernel/yama/ptrace_scope')).toBe('3');
});

test('any other image is left unchanged', () => {
  const context = fakeContext(defaults);
  expect(hardenForProduction(context)).toBeUndefined();
  expect([...context.disk]).toEqual(Object.entries(defaults));
});

test('an image for production has no shell on the console, and logs that', async () => {
  const context = fakeContext(marker);
  await openConsoleShell('a shell', context);
  expect(context.shown).toEqual(['No shell: the image was built with --production']);
});
