/**
 * The leap second that the kernel is to be told of. The kernel takes it at the end of the day on which it is
 * told, servers may announce it a month before: so on the last day of June and December alone, the only days
 * on which there has ever been one.
 * @param leap as in packets @param now nanoseconds since 1970
 */
export function leapToday(leap: number, now: bigint): number {
  if (leap !== 1 && leap !== 2) return 0;
  const date = new Date(Number(now / 1_000_000n));
  const day = `${date.getUTCMonth() + 1}-${date.getUTCDate()}`;
  return day === '6-30' || day === '12-31' ? leap : 0;
}
