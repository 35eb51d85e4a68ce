import { expect, test } from 'vitest';
import { secondsOf } from '../../protocol/timestamp.ts';
import { askClock } from '../ask-clock.ts';
import type { PtpClocks } from '../own-clocks.ts';

/** What holds for every PTP clock that shows the time of this machine's host, a fake one too. */
export function testPtpClocks(title: string, clocks: PtpClocks, skip = {}): void {
  test(`a clock of ${title} is read between two readings of the system's`, skip, () => {
    for (const { path } of clocks.list()) {
      const readings = clocks.read(path);
      expect(readings.length).toBeGreaterThan(0);
      for (const { before, device, after } of readings) {
        expect(after).toBeGreaterThanOrEqual(before);
        expect(device).toBeGreaterThan(0n);
      }
      const first = readings[0]?.device ?? 0n;
      expect(clocks.read(path)[0]?.device).toBeGreaterThanOrEqual(first);
    }
  });

  test(`a clock of ${title} is a server of stratum 0, unless it says what cannot be`, skip, async () => {
    for (const { path } of clocks.list()) {
      const read = () => clocks.read(path);
      const answer = await askClock(read, { floor: 0n });
      if (answer.kind !== 'measurement') throw new Error(`${path}: ${answer.kind}`);
      expect(answer).toMatchObject({ stratum: 0, leap: 0 });
      expect(answer.delay).toBeLessThan(1);
      expect(Number.isFinite(secondsOf(answer.offset))).toBe(true);
      expect(await askClock(read, { floor: 1n << 62n })).toMatchObject({ kind: 'unusable' });
    }
  });
}
