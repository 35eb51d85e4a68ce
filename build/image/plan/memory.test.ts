import { expect, test } from 'vitest';
import { memoryNeeded } from './memory.ts';

test('an initrd fits into half of the memory', () => {
  expect(memoryNeeded(94 << 20, 1)).toBe(352);
  expect(memoryNeeded(500 << 20, 1)).toBeGreaterThan(1000);
});
