import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LogLine, LogLines } from '../../lib/control/generated/control.ts';
import { keptLogs } from '../../lib/control/logs-request.ts';
import { logLimits } from '../../lib/log/line.ts';
import { cutMark } from '../../lib/log/splitter.ts';
import { canSupervise } from './can-supervise.ts';
import { World } from './world.ts';

/** Generous: nothing here is about speed. */
const patience = { timeout: 200_000, interval: 200 };
const gigabyte = 1_000_000_000;
const line = 'x'.repeat(99);

describe('logs of a service that writes 1 GB', { timeout: 300_000, ...canSupervise }, () => {
  let world: World;

  beforeAll(async () => {
    world = await World.make();
    world.service('ticker', 'n=0; while :; do n=$((n+1)); echo tick $n; sleep 0.05; done');
    // Each begins when its file is there.
    const when = (name: string, script: string) =>
      world.service(name, `until [ -e /go ]; do sleep 0.1; done; ${script}; sleep 1000`);
    // All by one stream: two of them keep no order between them.
    when('flood', `busybox yes ${line} | busybox head -c ${gigabyte}; echo done`);
    when('long', 'busybox head -c 100000000 /dev/zero; echo; echo after');
    when('odd', "busybox printf '\\377\\376\\000\\033[31mred\\r\\nzwei\\303\\274\\n'");
    await world.start();
    await vi.waitFor(async () => {
      const { services } = await world.status();
      expect(services.map(({ state }) => state)).toEqual(Array(4).fill('ready'));
    }, patience);
  }, 300_000);

  afterAll(() => world.end());

  const go = (name: string) => world.exec(name, ['sh', '-c', ': >/go']);
  const messages = async (name: string) => (await world.logs(name)).map(({ message }) => message);
  /** Most memory that the supervisor ever had, in bytes. */
  const peak = () =>
    Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${world.supervisorPid}/status`, 'utf8'))?.[1]) *
    1024;
  const kept = () =>
    readdirSync(world.places.logs).reduce(
      (sum, name) => sum + statSync(join(world.places.logs, name)).size,
      0,
    );

  test('memory stays within its bound, other lines are whole, and clients are told what they missed', async () => {
    const before = peak();
    const client = (limit: number) => followed(world, limit);
    // One that reads as fast as it can, and one that reads nothing for as long as the flood lasts.
    const reading = client(Number.POSITIVE_INFINITY);
    const sleeping = client(1);
    await go('flood');
    await vi.waitFor(async () => expect((await world.logs('flood', 1))[0]?.message).toBe('done'), patience);
    const lines = gigabyte / (line.length + 1) + 1;
    for (const { wake, ended } of [reading, sleeping]) {
      wake();
      const { count, missed, last } = await ended;
      expect(last?.message).toBe('done');
      expect(count + missed).toBe(lines);
      expect(missed).toBeGreaterThan(0);
    }
    expect(kept()).toBeLessThanOrEqual(2 * logLimits.source);
    // Garbage of a client that reads a million lines; what lives is a few megabytes.
    expect(peak() - before).toBeLessThan(96 << 20);
    const ticks = await messages('ticker');
    expect(ticks.length).toBeGreaterThan(20);
    expect(ticks).toEqual(ticks.map((_, index) => `tick ${index + 1}`));
  });

  test('a line of 100 MB is cut, and the next one is whole', async () => {
    const before = peak();
    await go('long');
    await vi.waitFor(async () => expect(await messages('long')).toHaveLength(2), patience);
    expect(await messages('long')).toEqual([`${'\0'.repeat(logLimits.line)}${cutMark}`, 'after']);
    expect(peak() - before).toBeLessThan(16 << 20);
  });

  test('bytes of any kind come through as text', async () => {
    await go('odd');
    await vi.waitFor(async () => expect(await messages('odd')).toHaveLength(2), patience);
    expect(await messages('odd')).toEqual(['\ufffd\ufffd\0\x1b[31mred', 'zweiü']);
  });
});

/**
 * Follows `flood` until its last line: how many lines came, and how many are said to be lost. Stops reading after `limit`
 * messages with lines, until it is woken.
 */
function followed(world: World, limit: number) {
  const { promise: woken, resolve: wake } = Promise.withResolvers<void>();
  const ended = world.control(async (client) => {
    const call = client.logs({ ...keptLogs, services: ['flood'], follow: true });
    call.on('error', () => {});
    let [messages, count, missed] = [0, 0, 0];
    let last: LogLine | undefined;
    for await (const { lines } of call as AsyncIterable<LogLines>) {
      for (const one of lines) {
        count += 1;
        missed += Number(one.missed);
        last = one;
      }
      if (last?.message === 'done') break;
      if (lines.length > 0) messages += 1;
      if (messages >= limit) await woken;
    }
    call.cancel();
    return { count, missed, last };
  });
  // Told by whoever awaits it, if the test comes to that.
  ended.catch(() => {});
  return { wake, ended };
}
