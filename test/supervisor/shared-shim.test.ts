import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { canSupervise } from './can-supervise.ts';
import { TestGuest } from './test-guest.ts';

/** Only a limit: nothing here measures time. */
const patience = { timeout: 120_000, interval: 100 };

describe('services with one shim', { timeout: 300_000, ...canSupervise }, () => {
  const sharing = ['one', 'two', 'three'];
  let guest: TestGuest;

  beforeAll(async () => {
    guest = await TestGuest.make();
    const script = 'trap "exit 0" TERM; echo up; while :; do sleep 0.1; done';
    const annotations = { 'io.containerd.runc.v2.group': 'shared' };
    for (const name of sharing) guest.service(name, script, {}, { annotations });
    guest.service('alone', script);
    await guest.start();
    await allReady();
  }, 300_000);

  afterAll(() => guest.end());

  const allReady = () =>
    vi.waitFor(async () => {
      const { services } = await guest.status();
      expect(services.map(({ state }) => state)).toEqual(Array(4).fill('ready'));
    }, patience);
  const shimOf = async (name: string) => {
    const status = readFileSync(`/proc/${await guest.pidOf(name)}/status`, 'utf8');
    return Number(/^PPid:\t(\d+)$/m.exec(status)?.[1]);
  };
  const shims = async () => new Set(await Promise.all(sharing.map(shimOf)));

  test('is one process', async () => {
    const [shim] = await shims();
    expect((await shims()).size).toBe(1);
    expect(await shimOf('alone')).not.toBe(shim);
  });

  test('outlives each of them, the first one too', async () => {
    const before = await shims();
    for (const name of sharing) {
      await guest.command('restartService', name);
      expect((await guest.exec(name, ['sh', '-c', 'exit 7'])).status).toBe(7);
    }
    await allReady();
    expect(await shims()).toEqual(before);
  });

  test('when it is killed, all its services start again and say why, and no other', async () => {
    const alone = await guest.pidOf('alone');
    const [shim = 0] = await shims();
    const pids = await Promise.all(sharing.map((name) => guest.pidOf(name)));
    process.kill(shim, 'SIGKILL');
    for (const name of sharing)
      await vi.waitFor(async () => expect((await guest.serviceNamed(name))?.restarts).toBe(2), patience);
    await allReady();
    const why = (await guest.incidents('')).map(({ service, what }) => [service, what]);
    expect(why.sort()).toEqual(
      sharing.toSorted().map((name) => [name, 'ended: killed because its shim had ended']),
    );
    expect(await shims()).not.toContain(shim);
    await vi.waitFor(() => expect(pids.filter(isRunning)).toEqual([]), patience);
    expect(await guest.pidOf('alone')).toBe(alone);
  });

  test('takes in services that start while the others end', async () => {
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(sharing.map((name) => guest.command('restartService', name)));
      await allReady();
    }
    expect((await shims()).size).toBe(1);
    expect(await guest.incidents('')).toHaveLength(sharing.length);
  });

  test('is adopted by the next containerd and the next supervisor', async () => {
    const before = await Promise.all(sharing.map((name) => guest.pidOf(name)));
    await guest.killContainerd();
    await guest.killSupervisor();
    await guest.startContainerd();
    await guest.startSupervisor();
    await allReady();
    expect(await Promise.all(sharing.map((name) => guest.pidOf(name)))).toEqual(before);
    await guest.command('restartService', 'two');
    await allReady();
    expect((await shims()).size).toBe(1);
  });
});

/** Neither gone nor a zombie, for which the host's PID 1 may have no time (`State` of proc_pid_status(5)). */
function isRunning(pid: number): boolean {
  try {
    return !/^State:\tZ/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}
