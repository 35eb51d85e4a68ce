import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { droppableMappings } from './own-memory.ts';

const entry = (head: string, anonymousKib: number): string =>
  [
    head,
    'Size:               1024 kB',
    'Rss:                 512 kB',
    `Anonymous:     ${String(anonymousKib).padStart(8)} kB`,
    'VmFlags: rd mr mw me\n',
  ].join('\n');

test.each([
  ['00400000-0082e000 r--p 00000000 07:03 1234                     /usr/bin/node', 0, true],
  ['0082e000-03489000 r-xp 0042e000 07:03 1234                     /usr/bin/node', 0, true],
  ['07400000-07500000 r--p 07000000 07:03 1234    /usr/bin/node (RELRO)', 4, false],
  ['07500000-07600000 rw-p 07100000 07:03 1234                     /usr/bin/node', 0, false],
  ['7f0000000000-7f0000021000 rw-s 00000000 00:01 99               /memfd:x (deleted)', 0, false],
  ['7f0000100000-7f0000121000 r-xp 00000000 00:00 0 ', 0, false],
  ['7fff00000000-7fff00002000 r-xp 00000000 00:00 0                [vdso]', 0, false],
])('whether %s with %d KiB anonymous can be dropped: %s', (head, anonymousKib, expected) => {
  const [start = '', end = ''] = (head.split(' ')[0] ?? '').split('-');
  const mapping = { start: BigInt(`0x${start}`), end: BigInt(`0x${end}`) };
  const smaps = entry('00100000-00101000 rw-p 00000000 00:00 0 ', 4) + entry(head, anonymousKib);
  expect(droppableMappings(smaps)).toEqual(expected ? [mapping] : []);
});

test('a program that releases memory has a smaller RSS, and still works', () => {
  const script = `
    import { readFileSync } from 'node:fs';
    import { releaseMemory } from ${JSON.stringify(join(import.meta.dirname, 'own-memory.ts'))};
    const rss = () => Number(/^Rss: +([0-9]+)/m.exec(readFileSync('/proc/self/smaps_rollup', 'utf8'))[1]);
    const before = rss();
    releaseMemory();
    const after = rss();
    console.log(JSON.stringify({ before, after, sum: [1, 2, 3].map((x) => BigInt(x) ** 70n).join() }));`;
  const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  const { before, after, sum } = JSON.parse(stdout || JSON.stringify({ stderr }));
  expect(after).toBeLessThan(before * 0.7);
  expect(sum).toBe(`1,${2n ** 70n},${3n ** 70n}`);
});
