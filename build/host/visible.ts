/**
 * Makes a line safe to print on a terminal: colours are removed, and every other control character (which
 * could move the cursor, rename the window, inject input or change the reading order) is shown as `\x1b` or
 * `\u202e`.
 */
export function visible(text: string): string {
  return text.replace(colour, '').replace(control, escaped);
}

/** Select Graphic Rendition, ECMA-48 8.3.117. */
const colour = /\x1b\[[\d;:]*m/g;
/** C0 except tab, DEL, C1, line and paragraph separators, bidirectional marks and overrides. */
const control = /[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function escaped(character: string): string {
  const code = character.charCodeAt(0);
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}
