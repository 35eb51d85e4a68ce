/**
 * The time of `expiry-time`, YYYYMMDD, YYYYMMDDHHMM or YYYYMMDDHHMMSS, in the time zone of the machine, or in
 * UTC with a Z at its end (sshd(8)). In milliseconds since the epoch.
 * @throws RangeError when it is none
 */
export function parseExpiry(text: string): number {
  const [, date, time = '', utc] = /^(\d{8})(\d{4}(?:\d\d)?)?(Z|UTC)?$/i.exec(text) ?? [];
  if (date === undefined) throw new RangeError(`not a time: "${text}"`);
  const [year, month, day] = [date.slice(0, 4), date.slice(4, 6), date.slice(6)];
  const padded = time.padEnd(6, '0');
  const clock = [padded.slice(0, 2), padded.slice(2, 4), padded.slice(4)].join(':');
  const ms = Date.parse(`${year}-${month}-${day}T${clock}${utc ? 'Z' : ''}`);
  if (Number.isNaN(ms)) throw new RangeError(`not a time: "${text}"`);
  return ms;
}
