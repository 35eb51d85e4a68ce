import { exactJson } from '../json/exact-json.ts';

/**
 * Text of machines, manifests and images, safe to print on a terminal. What a terminal acts on could move its
 * cursor, rename its window, write to the clipboard, send an answer that is then typed into a program, or
 * change the order in which text is read. Everything that kit prints for people goes through here, besides
 * the bytes of an interactive console or program, whose terminal they are for.
 */

/**
 * One line: colours are removed, and every other character that a terminal acts on is shown as `\x1b` or
 * `\u202e`.
 */
export function visible(text: string): string {
  return text.replace(colours, '').replace(active, escaped);
}

/** As `visible`, for several lines. With `colour`, the colours of kit's own stay. */
export function visibleText(text: string, { colour = false } = {}): string {
  const lines = text.replaceAll('\r\n', '\n').split('\n');
  return lines.map(colour ? visibleInColour : visible).join('\n');
}

/** As `visible`, with every character in its column: each one is a space, and colours are not removed. */
export const blankedOut = (text: string): string => text.replace(active, ' ');

/** A value as one line of JSON, without the characters that JSON leaves as they are and terminals act on. */
export function jsonLine(value: unknown): string {
  const text = exactJson(value);
  return `${text.replace(active, (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`)}\n`;
}

/** Select Graphic Rendition, ECMA-48 8.3.117. */
const colours = /\x1b\[[\d;:]*m/g;
/**
 * C0 except tab, DEL, C1, line and paragraph separators, bidirectional marks and overrides; and bytes of
 * names of files that are not UTF-8 (lib/archive/file-names.ts), which would be printed as U+FFFD.
 */
const active =
  /[\x00-\x08\x0a-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

function visibleInColour(line: string): string {
  const found = line.match(colours) ?? [];
  const parts = line.split(colours);
  return parts.map((part, at) => `${part.replace(active, escaped)}${found[at] ?? ''}`).join('');
}

function escaped(character: string): string {
  const code = byteOf(character.charCodeAt(0));
  return code < 0x100
    ? `\\x${code.toString(16).padStart(2, '0')}`
    : `\\u${code.toString(16).padStart(4, '0')}`;
}

/** Of a surrogate that stands for a byte, the byte. */
const byteOf = (code: number): number => (code >= 0xdc80 && code <= 0xdcff ? code - 0xdc00 : code);
