import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { listPtpClocks, ptpWays } from './ptp.ts';

/** struct ptp_clock_time of `seconds` and as many nanoseconds, one after another from `start` on. */
function structOf(size: number, start: number, seconds: readonly number[]): Buffer {
  const struct = Buffer.alloc(size);
  for (const [index, value] of seconds.entries()) {
    struct.writeBigInt64LE(BigInt(value), start + 16 * index);
    struct.writeUInt32LE(value, start + 16 * index + 8);
  }
  return struct;
}

const ns = (seconds: number): bigint => BigInt(seconds) * 1_000_000_001n;
const many = Array.from({ length: 75 }, (_, index) => index + 1);

test.each([
  [0, 'PTP_SYS_OFFSET_PRECISE', structOf(64, 0, [7, 5, 9]), [5, 7, 5], 1],
  [1, 'PTP_SYS_OFFSET_EXTENDED', structOf(1216, 16, many), [1, 2, 3], 10],
  [2, 'PTP_SYS_OFFSET', structOf(832, 16, many.slice(0, 51)), [1, 2, 3], 10],
] as const)('way %i is %s', (at, name, struct, [before, device, after], count) => {
  const way = ptpWays[at];
  expect(way?.name).toBe(name);
  const readings = way?.read(struct) ?? [];
  expect(readings).toHaveLength(count);
  expect(readings[0]).toEqual({ before: ns(before), device: ns(device), after: ns(after) });
});

test('the last of several readings', () => {
  const [, extended, plain] = ptpWays.map(({ read }) => read(structOf(1216, 16, many)).at(-1));
  expect(extended).toEqual({ before: ns(28), device: ns(29), after: ns(30) });
  // Each begins with the system's time at the end of the one before.
  expect(plain).toEqual({ before: ns(19), device: ns(20), after: ns(21) });
});

test('clocks are named by their drivers', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kit-ptp-'));
  for (const [entry, name] of Object.entries({ ptp1: 'hyperv', ptp0: 'KVM virtual PTP', other: 'x' })) {
    mkdirSync(join(folder, entry));
    writeFileSync(join(folder, entry, 'clock_name'), `${name}\n`);
  }
  mkdirSync(join(folder, 'ptp2'));
  expect(listPtpClocks(folder)).toEqual([
    { name: 'KVM virtual PTP', path: '/dev/ptp0' },
    { name: 'hyperv', path: '/dev/ptp1' },
  ]);
  expect(listPtpClocks(join(folder, 'none'))).toEqual([]);
  rmSync(folder, { recursive: true });
});
