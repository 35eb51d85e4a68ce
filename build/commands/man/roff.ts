/** Pieces of man(7) pages. */

/** Text of the body: no word of it is a request, and a hyphen in it is a hyphen that can be copied. */
export function plain(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll('…', '...')
    .replace(/^(?=[.'])/gm, '\\&');
}

/** The arguments of a macro in one: spaces in it do not end it. */
const quoted = (text: string): string => `"${plain(text).replaceAll('"', '\\(dq')}"`;

export const section = (title: string, body: readonly string[]): string[] =>
  body.length === 0 ? [] : [`.SH ${quoted(title)}`, ...body];

export const subsection = (title: string, body: readonly string[]): string[] => [
  `.SS ${quoted(title)}`,
  ...body,
];

export const bold = (text: string): string => `.B ${quoted(text)}`;

/** A term and what it means, with the meaning indented below. */
export const item = (term: string, meaning: string): string[] => ['.TP', bold(term), plain(meaning)];

export const title = (name: string, version: string): string =>
  `.TH ${quoted(name.toUpperCase())} 1 "" ${quoted(`kit ${version}`)} "kit manual"`;
