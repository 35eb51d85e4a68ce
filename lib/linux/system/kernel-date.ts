/** `uname -v` of this machine. */
export const kernelVersionFile = '/proc/sys/kernel/version';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * When a kernel was built, in milliseconds since 1970; undefined if its version does not say: no machine runs
 * it earlier. Images of kit hold no time of their own, so that the same input gives the same bytes.
 *
 *     #1 SMP PREEMPT_DYNAMIC Debian 6.12.57-1 (2025-11-05)
 *     #1 SMP Tue Dec 30 12:00:01 UTC 2025
 */
export function kernelDate(version: string): number | undefined {
  const debian = /\((\d{4})-(\d\d)-(\d\d)\)/.exec(version);
  if (debian) return dateOf(Number(debian[1]), Number(debian[2]) - 1, Number(debian[3]));
  const plain = /\b(\w{3}) +(\d{1,2}) \d\d:\d\d:\d\d \w+ (\d{4})\b/.exec(version);
  if (!plain) return undefined;
  return dateOf(Number(plain[3]), months.indexOf(plain[1] ?? ''), Number(plain[2]));
}

/** Undefined for a day that is none, and for years that no kernel of ours is from. */
function dateOf(year: number, month: number, day: number): number | undefined {
  if (year < 2000 || year > 2200 || month < 0) return undefined;
  const date = new Date(Date.UTC(year, month, day));
  return date.getUTCMonth() === month && date.getUTCDate() === day ? date.getTime() : undefined;
}
