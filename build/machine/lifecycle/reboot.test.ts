import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StatusReply } from '../../../lib/control/generated/control.ts';
import { testSocket } from '../../../lib/testing.ts';
import { FakeGuest } from '../../monitor/testing/guest.ts';
import type { Machine } from '../records/find.ts';
import { machineFiles } from '../records/folder.ts';
import { ownProcess } from '../records/process.ts';
import { type MachineRecord, writeRecord } from '../records/record.ts';
import { rebootMachine } from './reboot.ts';

let machine: Machine;
let guest: FakeGuest;

beforeEach(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kit-reboot-'));
  const record: MachineRecord = {
    ...{ name: 't1', state: 'running', reason: '', owner: ownProcess(), guest: null, publish: [] },
    ...{ boot: { kind: 'iso', path: '/x.iso', firmware: 'bios' }, arch: 'amd64', accel: 'tcg', cpus: 1 },
    ...{ memoryMiB: 512, createdMs: 1, startedMs: 2, endedMs: null },
  };
  await writeRecord(dir, record);
  await writeFile(join(dir, machineFiles.console), 'kit: reboot now\r\nno kernel found\r\n');
  machine = { dir, record };
  guest = await FakeGuest.listen(testSocket(dir, machineFiles.control));
  guest.reply = replyOf('one', 'ready');
});

afterEach(async () => {
  await guest[Symbol.asyncDispose]();
  await rm(machine.dir, { recursive: true });
});

function replyOf(bootId: string, state: string): StatusReply {
  const { services, ...rest } = StatusReply.decode(new Uint8Array());
  const web = { name: 'web', section: 'services', restarts: 0, pid: 0, lastExit: '', memoryBytes: 0n };
  const counted = { memoryLimitBytes: 0n, cpuUsec: 0n, processes: 0, ageS: 0, oomKills: 0, crashLoop: false };
  const health = { health: 'unknown', healthAgeS: 0, healthFalls: 0 };
  return { ...rest, bootId, uptimeS: 3, services: [...services, { ...web, ...counted, ...health, state }] };
}

const reboot = (wait: 'answer' | 'ready', timeoutMs = 20_000, signal = new AbortController().signal) =>
  rebootMachine(machine, { wait, timeoutMs, signal });

/** What the guest says once it was told to reboot. */
function afterwards(act: () => void): void {
  const timer = setInterval(() => {
    if (guest.endings.length === 0) return;
    clearInterval(timer);
    act();
  }, 10);
}

test('it is back when another boot answers, not while the old one does', async () => {
  afterwards(() => setTimeout(() => (guest.reply = replyOf('two', 'starting')), 300));
  expect(await reboot('answer')).toEqual({ name: 't1', bootId: 'two', uptimeS: 3, ready: false });
  expect(guest.endings).toEqual(['reboot']);
});

test('who waits for its services waits for those of the new boot', async () => {
  afterwards(() => {
    guest.reply = replyOf('two', 'starting');
    setTimeout(() => (guest.reply = replyOf('two', 'ready')), 500);
  });
  expect(await reboot('ready')).toMatchObject({ bootId: 'two', ready: true });
});

test('a service that fails in the new boot is named', async () => {
  afterwards(() => (guest.reply = replyOf('two', 'failed')));
  await expect(reboot('ready')).rejects.toThrow(
    /^Machine "t1" is not ready: web is failed\n {2}\| kit: reboot/,
  );
});

test('one that never goes down, or does not answer, says so with its last words', async () => {
  await expect(reboot('answer', 1000)).rejects.toThrow(
    'Machine "t1" has not booted anew within 1 s: the old boot still answers\n  | kit: reboot now\n  | no kernel found',
  );
  guest.greet = (socket) => socket.destroy();
  guest.vanish();
  await expect(reboot('answer', 1000)).rejects.toThrow(/^Cannot reboot machine "t1": /);
});

test('one that ends instead says how', async () => {
  afterwards(() => {
    void writeRecord(machine.dir, { ...machine.record, state: 'failed', reason: 'kernel panic: no root' });
    guest.greet = (socket) => socket.destroy();
    guest.vanish();
  });
  await expect(reboot('answer')).rejects.toThrow(
    /^Machine "t1" ended instead of booting anew: kernel panic: no root\n/,
  );
});

test('Ctrl-C ends the waiting', async () => {
  const abort = new AbortController();
  afterwards(() => abort.abort(new Error('Interrupted')));
  await expect(reboot('answer', 20_000, abort.signal)).rejects.toThrow('Interrupted');
});
