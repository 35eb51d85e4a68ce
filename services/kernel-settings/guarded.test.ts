import { expect, test } from 'vitest';
import { lockedValue, neededCapability } from './guarded.ts';

test('what cannot be undone, and what needs more than root', () => {
  expect(lockedValue('kernel/yama/ptrace_scope')).toBe('3');
  expect(lockedValue('constructor')).toBeUndefined();
  expect(neededCapability('kernel/yama/ptrace_scope')).toBe('CAP_SYS_PTRACE');
  expect(neededCapability('vm/max_map_count')).toBeUndefined();
});
