import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StatusReply } from '../../../lib/control/generated/control.ts';
import { testSocket } from '../../../test/support/needs.ts';
import type { Machine } from '../records/find.ts';
import { machineFiles } from '../records/folder.ts';
import { writeRecord } from '../records/record.ts';
import { FakeGuest } from '../testing/fake-guest.ts';
import { testRecord } from '../testing/record.ts';
import { rebootMachine } from './reboot.ts';

let machine: Machine;
let guest: FakeGuest;

beforeEach(async () => {
  const dir = await mkdtemp(join(tmpdir(), 'kit-reboot-'));
  const record = testRecord('t1');
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
  const web = {
    name: 'web',
    section: 'services',
    restarts: 0,
    pid: 0,
    lastExit: '',
    memoryBytes: 0n,
    workingSetBytes: 0n,
  };
  const counted = { memoryLimitBytes: 0n, cpuUsec: 0n, processes: 0, ageS: 0, oomKills: 0, crashLoop: false };
  const health = { health: 'unknown', healthAgeS: 0, healthFalls: 0, livenessRestarts: 0 };
  return { ...rest, bootId, uptimeS: 3, services: [...services, { ...web, ...counted, ...health, state }] };
}

const reboot = (wait: 'answer' | 'ready', timeoutMs = 20_000, signal = new AbortController().signal) =>
  rebootMachine(machine, { wait, timeoutMs, signal });

/** Runs `act` once the guest was asked to reboot. */
function afterRequest(act: () => void): void {
  const timer = setInterval(() => {
    if (guest.endings.length === 0) return;
    clearInterval(timer);
    act();
  }, 10);
}

test('the reboot is complete when a boot with another id answers', async () => {
  afterRequest(() => setTimeout(() => (guest.reply = replyOf('two', 'starting')), 300));
  expect(await reboot('answer')).toEqual({ name: 't1', bootId: 'two', uptimeS: 3, ready: false });
  expect(guest.endings).toEqual(['reboot']);
});

test('waiting for services means those of the new boot', async () => {
  afterRequest(() => {
    guest.reply = replyOf('two', 'starting');
    setTimeout(() => (guest.reply = replyOf('two', 'ready')), 500);
  });
  expect(await reboot('ready')).toMatchObject({ bootId: 'two', ready: true });
});

test('a service that fails in the new boot is an error with its name', async () => {
  afterRequest(() => (guest.reply = replyOf('two', 'failed')));
  await expect(reboot('ready')).rejects.toThrow(
    /^Machine "t1" is not ready: web is failed\n {2}\| kit: reboot/,
  );
});

test('no reboot, or no answer, is an error with the end of the console', async () => {
  await expect(reboot('answer', 1000)).rejects.toThrow(
    [
      'Machine "t1" has not rebooted within 1 s: the old boot still answers',
      '  | kit: reboot now\n  | no kernel found',
    ].join('\n'),
  );
  guest.accept = (socket) => socket.destroy();
  guest.disconnect();
  await expect(reboot('answer', 1000)).rejects.toThrow(/^Cannot reboot machine "t1": /);
});

test('a machine that ends instead is an error with its reason', async () => {
  afterRequest(() => {
    void writeRecord(machine.dir, { ...machine.record, state: 'failed', reason: 'kernel panic: no root' });
    guest.accept = (socket) => socket.destroy();
    guest.disconnect();
  });
  await expect(reboot('answer')).rejects.toThrow(
    /^Machine "t1" ended instead of rebooting: kernel panic: no root\n/,
  );
});

test('an abort ends the waiting', async () => {
  const abort = new AbortController();
  afterRequest(() => abort.abort(new Error('Interrupted')));
  await expect(reboot('answer', 20_000, abort.signal)).rejects.toThrow('Interrupted');
});
