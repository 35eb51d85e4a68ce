import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WatchdogFeeder } from './watchdog-feeder.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const timeoutS = 60;

function feeder() {
  const device = { identity: 'x', hasReset: false, timeoutS, feed: vi.fn(), stop: vi.fn() };
  const lines: string[] = [];
  const made = new WatchdogFeeder(device, (line) => lines.push(line), Date.now);
  made.start();
  /** How often it is fed in the next seconds. */
  const fedIn = (seconds: number): number => {
    device.feed.mockClear();
    vi.advanceTimersByTime(seconds * 1000);
    return device.feed.mock.calls.length;
  };
  return { made, device, lines, fedIn };
}

const silent = 'watchdog: the supervisor does not say that all is well: it resets the machine within 60 s';

test('it is fed four times in its timeout while the supervisor is alive', () => {
  const { made, fedIn, lines } = feeder();
  for (let at = 0; at < 20; at += 1) {
    made.alive();
    expect(fedIn(15)).toBe(1);
  }
  expect(lines).toEqual([]);
});

test('of a silent supervisor it is fed for half its timeout more, which is said once', () => {
  const { made, fedIn, lines } = feeder();
  made.alive();
  expect(fedIn(30)).toBe(1);
  expect(fedIn(600)).toBe(0);
  expect(lines).toEqual([silent]);
  made.alive();
  expect(fedIn(15)).toBe(1);
  expect(lines).toEqual([silent, 'watchdog: fed again']);
});

test('the first sign of life has two minutes', () => {
  const { fedIn, lines } = feeder();
  expect(fedIn(119)).toBe(7);
  expect(fedIn(300)).toBe(0);
  expect(lines).toEqual([silent]);
});

test('a shutdown is fed without the supervisor, but not for ever', () => {
  const { made, device, fedIn, lines } = feeder();
  made.alive();
  made.shutdownBegins();
  expect(fedIn(599)).toBe(39);
  made.alive();
  expect(fedIn(600)).toBe(0);
  expect(lines).toEqual(['watchdog: the shutdown does not end: it resets the machine within 60 s']);
  made.stop();
  expect(device.stop).toHaveBeenCalledOnce();
});
