import { expect, test } from 'vitest';
import { exitSentence, type LimitCounters } from './exit.ts';

const noneCounted: LimitCounters = { memoryLimit: null, oomKills: 0, processLimit: null, forksRefused: 0 };

test.each<[status: number, counted: Partial<LimitCounters>, sentence: string]>([
  [0, {}, 'exit status 0'],
  [1, {}, 'exit status 1'],
  [143, {}, 'killed by SIGTERM'],
  [137, {}, 'killed by SIGKILL'],
  [255, {}, 'exit status 255'],
  [137, { oomKills: 1, memoryLimit: 64 << 20 }, 'killed by the kernel: out of memory, its limit is 64.0 MiB'],
  [137, { oomKills: 1 }, 'killed by the kernel: out of memory'],
  [
    1,
    { oomKills: 2, memoryLimit: 96 << 20 },
    'exit status 1 (2 killed by the kernel: out of memory, its limit is 96.0 MiB)',
  ],
  [2, { forksRefused: 7, processLimit: 16 }, 'exit status 2 (its limit of 16 processes refused 7)'],
  [0, { forksRefused: 7, processLimit: 16 }, 'exit status 0'],
])('status %i, %o', (status, counted, sentence) => {
  expect(exitSentence({ status, counted: { ...noneCounted, ...counted } })).toBe(sentence);
});

test('a lost exit status', () => {
  expect(exitSentence(null)).toBe('ended while containerd was away');
  expect(exitSentence(null, true)).toBe('killed because its shim had ended');
});
