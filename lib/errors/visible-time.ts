/** What Date can hold before and after the epoch, in milliseconds (ECMA-262, 21.4.1.1). */
export const dateLimitMs = 8.64e15;

let latest = { ms: 0, text: '1970-01-01T00:00:00.000Z' };

/**
 * A time that somebody else has sent, in milliseconds, for people: `2026-01-01T00:00:00.123Z`. One that Date
 * cannot hold becomes the epoch, where `toISOString` would throw. The latest is kept, since thousands of
 * lines of a log have the same time.
 */
export function visibleTime(time: number | bigint): string {
  const ms = Number(time);
  if (ms !== latest.ms) latest = { ms, text: new Date(Math.abs(ms) <= dateLimitMs ? ms : 0).toISOString() };
  return latest.text;
}
