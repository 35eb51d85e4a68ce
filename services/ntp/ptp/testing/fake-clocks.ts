import type { Clock } from '../../clock/clock.ts';
import type { PtpClocks } from '../own-clocks.ts';

/**
 * One clock that is as far ahead of `clock` as `ahead` says, in nanoseconds; each of its readings takes a
 * microsecond, as of KVM's. An error that `ahead` throws is one of the device.
 */
export function fakeClocks(clock: Pick<Clock, 'now'>, ahead: () => number): PtpClocks {
  return {
    list: () => [{ name: 'KVM virtual PTP', path: '/dev/ptp0' }],
    read: () => {
      const before = clock.now();
      const device = before + BigInt(Math.round(ahead())) + 500n;
      return [{ before, device, after: before + 1000n }];
    },
  };
}
