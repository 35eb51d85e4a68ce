import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { qemuLogTail, startQemu } from './start-qemu.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-qemu-'));
  writeFileSync(join(dir, 'locked'), '#!/bin/sh\n', { mode: 0o644 });
  // The first bytes of a program, and no more: no shell makes a script of it here.
  writeFileSync(join(dir, 'cut'), Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2]), { mode: 0o755 });
});
afterAll(() => rmSync(dir, { recursive: true }));

test.each([
  ['none', 'it is not there'],
  ['locked', 'it may not be executed'],
  ['cut', 'exec format error'],
])('a QEMU that cannot be executed (%s) leaves the reason in its log', async (name, why) => {
  const file = join(dir, name);
  const { exited } = startQemu({ file, args: [], env: {} }, dir);
  expect(await exited).toEqual({ code: 127, signal: null });
  expect(qemuLogTail(dir)).toContain(`Cannot run "${file}": ${why}`);
});
