import { expect, test } from 'vitest';
import { fakeContext } from '../testing/fake-context.ts';
import { lockModules } from './lock-modules.ts';

const disabled = '/proc/sys/kernel/modules_disabled';

test('modules are locked if the manifest says so, in a machine of its own', () => {
  const locked = { '/etc/kit/modules-locked': '', [disabled]: '0' };
  const after = (files: Record<string, string>, ownsMachine: boolean): string | undefined => {
    const context = fakeContext(files);
    lockModules({ ...context, system: { ...context.system, ownsMachine: () => ownsMachine } });
    return context.disk.get(disabled);
  };
  expect(after(locked, true)).toBe('1');
  expect(after(locked, false)).toBe('0');
  expect(after({ [disabled]: '0' }, true)).toBe('0');
});
