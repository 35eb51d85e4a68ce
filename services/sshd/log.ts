/** Takes one line about what happened; never a secret. */
export type Log = (line: string) => void;

/** Text that came from outside, made safe for one line of a log: quoted, printable, short. */
export function quoted(text: string, limit = 64): string {
  const short = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return JSON.stringify(short.replace(/[^\x20-\x7e…]/g, '?'));
}
