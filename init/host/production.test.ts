import { expect, test } from 'vitest';
import { openConsoleShell } from '../tasks/shell.ts';
import { fakeContext } from '../testing/fake-context.ts';
import { hardenForProduction } from './production.ts';

const marker = { '/etc/kit/production': '' };
const defaults = { '/proc/sys/kernel/sysrq': '438' };

test('an image for production dumps no core', () => {
  const context = fakeContext({ ...marker, ...defaults });
  expect(hardenForProduction(context)).toBe('for production');
  expect(context.calls).toEqual(['limit CORE 0']);
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
