/**
 * Text as messages show it: in quotes, shortened, with what nobody sees (controls, byte order marks, marks that turn the
 * direction of writing) written out, so that it neither hides nor does anything to a terminal.
 */
export function quote(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return JSON.stringify(short).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu, escaped);
}

/** Of a code point outside the basic plane, both halves: as JSON writes them. */
function escaped(char: string): string {
  const units = Array.from({ length: char.length }, (_, at) => char.charCodeAt(at));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}
