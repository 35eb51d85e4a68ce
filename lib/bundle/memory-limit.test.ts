import { expect, test } from 'vitest';
import { defaultMemoryLimit } from './memory-limit.ts';

const meminfo = 'MemTotal:         480000 kB\nMemFree:           1000 kB\nShmem:             80000 kB\n';

test.each<[string, string, string, number | undefined]>([
  ['three quarters of what files in memory leave', meminfo, '', 292],
  ['a container without a limit', meminfo, 'max\n', 292],
  ['a container with a limit', meminfo, '209715200\n', 150],
  ['a limit above the machine', meminfo, '9999999999999\n', 292],
  ['unknown', '', '', undefined],
])('%s', (_title, text, outer, mebibytes) => {
  expect(defaultMemoryLimit(text, outer)).toBe(mebibytes && mebibytes * 2 ** 20);
});
