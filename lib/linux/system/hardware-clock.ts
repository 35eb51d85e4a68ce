import { closeSync, openSync, readFileSync } from 'node:fs';
import { ioctl } from '../io/ioctl.ts';

/** The battery-backed clock, in milliseconds since the epoch; undefined where there is none. */
export function readHardwareClock(): number | undefined {
  try {
    const seconds = Number(readFileSync('/sys/class/rtc/rtc0/since_epoch', 'utf8'));
    return Number.isFinite(seconds) ? seconds * 1000 : undefined;
  } catch {
    return undefined;
  }
}

/** include/uapi/linux/rtc.h */
const RTC_SET_TIME = 0x4024700a;

/**
 * Sets the battery-backed clock, in UTC, to whole seconds. Needs CAP_SYS_TIME. struct rtc_time is nine i32:
 * second, minute, hour, day of the month, month from 0, year from 1900, and three that drivers do not read.
 * @param timeMs milliseconds since the epoch
 * @throws SyscallError; the error of open(2), EBUSY while another program has it open
 */
export function setHardwareClock(timeMs: number, path = '/dev/rtc0'): void {
  const fd = openSync(path, 'r');
  try {
    ioctl('RTC_SET_TIME', fd, RTC_SET_TIME, rtcTime(timeMs), path);
  } finally {
    closeSync(fd);
  }
}

/** Exported for tests. */
export function rtcTime(timeMs: number): Buffer {
  const date = new Date(timeMs);
  const struct = Buffer.alloc(36);
  const fields = [
    ...[date.getUTCSeconds(), date.getUTCMinutes(), date.getUTCHours()],
    ...[date.getUTCDate(), date.getUTCMonth(), date.getUTCFullYear() - 1900],
  ];
  for (const [index, value] of fields.entries()) struct.writeInt32LE(value, 4 * index);
  return struct;
}
