/**
 * A string for messages: quoted, shortened, and with invisible characters (controls, byte order marks,
 * bidirectional formatting) escaped, so that they are seen and cannot control a terminal.
 */
export function quote(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return JSON.stringify(short).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, escaped);
}

/** A code point above U+FFFF becomes a surrogate pair, as in JSON. */
function escaped(char: string): string {
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
