import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ConsoleLog, failedTaskOf, panicOf } from './console-log.ts';

async function inFolder(use: (dir: string) => Promise<void>): Promise<void> {
  const dir = await mkdtemp(join(tmpdir(), 'kit-console-'));
  try {
    await use(dir);
  } finally {
    await rm(dir, { recursive: true });
  }
}

test('a panic is found however the output is split', () =>
  inFolder(async (dir) => {
    const text = Buffer.from('boot\r\n[    4.2] Kernel panic - not syncing: no root\r\n[    4.3] CPU: 0\r\n');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(text.length), { maxLength: 8 }), async (cuts) => {
        const log = new ConsoleLog(join(dir, 'log'));
        let from = 0;
        for (const cut of [...cuts.sort((a, b) => a - b), text.length]) {
          log.write(text.subarray(from, cut));
          from = Math.max(from, cut);
        }
        log.close();
        return log.panic === 'no root';
      }),
    );
  }));

test.each([
  ['[   10.849080] Kernel panic - not syncing: VFS: Unable to mount root fs', 'VFS: Unable to mount root fs'],
  ['Kernel panic - not syncing: Attempted to kill init!\r', 'Attempted to kill init!'],
  ['sshd | a user wrote: Kernel panic - not syncing: x', undefined],
  ['[   10.8] ---[ end Kernel panic - not syncing: x ]---', undefined],
])('%j', (line, reason) => {
  expect(panicOf(line)).toBe(reason);
});

test.each([
  ['kit: halt, requested by onboot migrate, which failed\r', 'onboot migrate'],
  ['kit: poweroff, requested by onshutdown a.b, which failed', 'onshutdown a.b'],
  ['kit: reboot, requested by onboot migrate, which failed', undefined],
  ['kit: poweroff, requested by control', undefined],
  ['web: kit: halt, requested by onboot migrate, which failed', undefined],
])('a failure that ends the machine: %j', (line, task) => {
  expect(failedTaskOf(line)).toBe(task);
});

test('the log is rotated, and its last part is complete', () =>
  inFolder(async (dir) => {
    const log = new ConsoleLog(join(dir, 'log'));
    for (let mebibyte = 0; mebibyte < 40; mebibyte += 1) log.write(Buffer.alloc(1 << 20, mebibyte));
    log.close();
    expect((await readdir(dir)).sort()).toEqual(['log', 'log.1']);
    const [last, before] = await Promise.all([readFile(join(dir, 'log')), readFile(join(dir, 'log.1'))]);
    expect(last.at(-1)).toBe(39);
    expect(before.at(-1)).toBe((last[0] ?? 0) - 1);
    expect(last.length + before.length).toBeLessThanOrEqual(32 << 20);
  }));
