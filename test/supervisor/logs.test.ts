import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { LogLine, LogLines } from '../../lib/control/generated/control.ts';
import { keptLogs } from '../../lib/control/logs-request.ts';
import { logLimits } from '../../lib/log/line.ts';
import { cutMark } from '../../lib/log/splitter.ts';
import { canSupervise } from './can-supervise.ts';
import { TestGuest } from './test-guest.ts';

/** Only a limit: nothing here measures time. */
const patience = { timeout: 200_000, interval: 200 };
const gigabyte = 1_000_000_000;
const line = 'x'.repeat(99);

describe('logs of a service that writes 1 GB', { timeout: 300_000, ...canSupervise }, () => {
  let guest: TestGuest;

  beforeAll(async () => {
    guest = await TestGuest.make();
    guest.service('ticker', 'n=0; while :; do n=$((n+1)); echo tick $n; sleep 0.05; done');
    // Each starts writing when /go exists.
    const when = (name: string, script: string) =>
      guest.service(name, `until [ -e /go ]; do sleep 0.1; done; ${script}; sleep 1000`);
    // On one stream: lines of different streams have no order.
    when('flood', `busybox yes ${line} | busybox head -c ${gigabyte}; echo done`);
    when('long', 'busybox head -c 100000000 /dev/zero; echo; echo after');
    when('odd', "busybox printf '\\377\\376\\000\\033[31mred\\r\\nzwei\\303\\274\\n'");
    await guest.start();
    await vi.waitFor(async () => {
      const { services } = await guest.status();
      expect(services.map(({ state }) => state)).toEqual(Array(4).fill('ready'));
    }, patience);
  }, 300_000);

  afterAll(() => guest.end());

  const go = (name: string) => guest.exec(name, ['sh', '-c', ': >/go']);
  const messages = async (name: string) => (await guest.logs(name)).map(({ message }) => message);
  /** The supervisor's peak memory, in bytes. */
  const peak = () =>
    Number(/^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${guest.supervisorPid}/status`, 'utf8'))?.[1]) *
    1024;
  const kept = () =>
    readdirSync(guest.paths.logs).reduce((sum, name) => sum + statSync(join(guest.paths.logs, name)).size, 0);

  test('memory stays bounded, other logs are complete, and clients get counts of missed lines', async () => {
    const before = peak();
    const client = (limit: number) => followed(guest, limit);
    // One client reads as fast as it can, the other reads nothing until the flood is over.
    const reading = client(Number.POSITIVE_INFINITY);
    const sleeping = client(1);
    await go('flood');
    await vi.waitFor(async () => expect((await guest.logs('flood', 1))[0]?.message).toBe('done'), patience);
    const lines = gigabyte / (line.length + 1) + 1;
    for (const { wake, ended } of [reading, sleeping]) {
      wake();
      const { count, missed, last } = await ended;
      expect(last?.message).toBe('done');
      expect(count + missed).toBe(lines);
      expect(missed).toBeGreaterThan(0);
    }
    expect(kept()).toBeLessThanOrEqual(2 * logLimits.source);
    // Mostly garbage from serving a million lines; live memory is a few megabytes.
    expect(peak() - before).toBeLessThan(96 << 20);
    const ticks = await messages('ticker');
    expect(ticks.length).toBeGreaterThan(20);
    expect(ticks).toEqual(ticks.map((_, index) => `tick ${index + 1}`));
  });

  test('a line of 100 MB is cut, and the next one is complete', async () => {
    const before = peak();
    await go('long');
    await vi.waitFor(async () => expect(await messages('long')).toHaveLength(2), patience);
    expect(await messages('long')).toEqual([`${'\0'.repeat(logLimits.line)}${cutMark}`, 'after']);
    expect(peak() - before).toBeLessThan(16 << 20);
  });

  test('arbitrary bytes are logged as text', async () => {
    await go('odd');
    await vi.waitFor(async () => expect(await messages('odd')).toHaveLength(2), patience);
    expect(await messages('odd')).toEqual(['\ufffd\ufffd\0\x1b[31mred', 'zweiü']);
  });
});

/**
 * Follows `flood` until its last line, and counts received and missed lines. Pauses after `limit` messages
 * with lines until `wake` is called.
 */
function followed(guest: TestGuest, limit: number) {
  const { promise: woken, resolve: wake } = Promise.withResolvers<void>();
  const ended = guest.control(async (client) => {
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
  // If the test fails earlier, nothing awaits this promise.
  ended.catch(() => {});
  return { wake, ended };
}
