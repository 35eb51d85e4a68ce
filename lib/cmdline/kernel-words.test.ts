import { expect, test } from 'vitest';
import { kernelWords } from './kernel-words.ts';

const read = (line: string): unknown[] => kernelWords(line).map(({ name, value }) => [name, value]);

test.each([
  [
    'quiet  console=ttyS0\t',
    [
      ['quiet', undefined],
      ['console', 'ttyS0'],
    ],
  ],
  ['"rdinit=/bin/sh"', [['rdinit', '/bin/sh']]],
  ['rdinit="/bin/sh"', [['rdinit', '/bin/sh']]],
  [
    'a="b c" d',
    [
      ['a', 'b c'],
      ['d', undefined],
    ],
  ],
  ['"a b=c d', [['a b', 'c d']]],
  ['sysrq-always-enabled', [['sysrq_always_enabled', undefined]]],
  [
    'x\u00a0rdinit=/sh',
    [
      ['x\xc2', undefined],
      ['rdinit', '/sh'],
    ],
  ],
  ['a -- rdinit=/bin/sh', [['a', undefined]]],
  [
    '=a "" ',
    [
      ['=a', undefined],
      ['', undefined],
    ],
  ],
])('the kernel reads %j as it does', (line, words) => {
  expect(read(line)).toEqual(words);
});
