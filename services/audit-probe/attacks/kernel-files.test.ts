import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { runAttacks } from '../run-attacks.ts';
import { kernelFilesBelow } from './kernel-files.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'kit-attacks-'));
});
afterEach(() => rmSync(root, { recursive: true }));

async function outcomeOf(id: string): Promise<string> {
  const { [id]: attack = () => undefined } = kernelFilesBelow(root);
  for await (const { outcome, detail } of runAttacks({ [id]: attack })) return `${outcome} ${detail}`;
  return '';
}

test.each([
  ['core-pattern', '/proc/sys/kernel/core_pattern', 'wrote'],
  ['modprobe-path', '/proc/sys/kernel/modprobe', 'wrote'],
  ['uevent-helper', '/sys/kernel/uevent_helper', 'wrote'],
  ['uevent-helper', '/proc/sys/kernel/hotplug', 'wrote'],
  ['binfmt-misc', '/proc/sys/fs/binfmt_misc/register', 'opened'],
  ['proc-sys', '/proc/sys/vm/overcommit_memory', 'wrote'],
  ['sysrq-trigger', '/proc/sysrq-trigger', 'opened'],
  ['proc-writes', '/proc/irq/default_smp_affinity', 'opened'],
  ['proc-secrets', '/proc/timer_list', 'read'],
  ['sys-writes', '/sys/power/state', 'opened'],
  ['sys-firmware', '/sys/firmware/memmap', 'listed'],
])('%s succeeds where %s can be reached', async (id, path, verb) => {
  const file = root + path;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'text');
  const shown = id === 'sys-firmware' ? dirname(file) : file;
  expect(await outcomeOf(id)).toBe(`succeeded ${verb} ${shown}${verb === 'opened' ? ' for writing' : ''}`);
});

test('what is not there is refused', async () => {
  expect(await outcomeOf('core-pattern')).toBe('refused ENOENT');
});

test('an empty file in place of another gives nothing away', async () => {
  mkdirSync(`${root}/proc`);
  writeFileSync(`${root}/proc/kcore`, '');
  expect(await outcomeOf('proc-secrets')).toMatch(/^refused/);
});
