/** Logs one line, which must not contain secrets. */
export type Log = (line: string) => void;

/** Makes untrusted text safe for a log line: quoted, printable ASCII, at most `limit` characters. */
export function quoted(text: string, limit = 64): string {
  const short = text.length > limit ? `${text.slice(0, limit)}…` : text;
  return JSON.stringify(short.replace(/[^\x20-\x7e…]/g, '?'));
}
