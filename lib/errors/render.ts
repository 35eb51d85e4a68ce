import { KitError, KitErrors, reasonOf } from './errors.ts';
import { fromSystemError } from './system.ts';
import { blankedOut, visibleText } from './visible.ts';

/** How a message looks. */
export interface MessageStyle {
  readonly colour?: boolean;
  /** Of the terminal; longer lines are broken at spaces. Undefined: they are not. */
  readonly columns?: number | undefined;
}

/**
 * The text of an error for users: `error: file:line:column: message`, then `(hint: …)`. The stack is shown
 * with `trace`, and for unexpected errors, which are bugs.
 */
export function renderError(
  thrown: unknown,
  style: MessageStyle & { readonly trace?: boolean } = {},
): string {
  if (thrown instanceof KitErrors) return thrown.errors.map((error) => renderError(error, style)).join('\n');
  const system = fromSystemError(thrown);
  if (system) return renderError(system, style);
  if (!(thrown instanceof KitError)) {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return `${label('error', style)} Unexpected failure, which is a bug in kit: ${visibleText(text)}`;
  }
  const lines = [renderMessage('error', thrown.message, thrown, style)];
  if (style.trace)
    lines.push(...[thrown.stack ?? '', ...causes(thrown.cause)].map((one) => visibleText(one)));
  return lines.join('\n');
}

/** A message with its position, the source line, and the hint. */
export function renderMessage(
  severity: 'error' | 'warning',
  message: string,
  { place, hint }: Pick<KitError, 'place' | 'hint'>,
  style: MessageStyle = {},
): string {
  const where = place ? `${place.file}:${place.line}:${place.column}: ` : '';
  const start = `${severity}:`;
  const text = broken(`${start} ${harmless(`${where}${message}`)}`, style);
  const lines = [`${label(severity, style)}${text.slice(start.length)}`];
  if (place?.text !== undefined) lines.push(...excerpt(place.line, place.column, place.text));
  if (hint) lines.push(paint(dim, broken(`(hint: ${harmless(hint)})`, style), style));
  return lines.join('\n');
}

/** Select Graphic Rendition (ECMA-48 8.3.117): what turns it on, and what turns it off. */
type Look = readonly [on: number, off: number];
const dim: Look = [2, 22];
const bold: Look = [1, 22];
const looks: Readonly<Record<'error' | 'warning', Look>> = { error: [31, 39], warning: [33, 39] };

const paint = ([on, off]: Look, text: string, { colour = false }: MessageStyle): string =>
  colour ? `\x1b[${on}m${text}\x1b[${off}m` : text;

const label = (severity: 'error' | 'warning', style: MessageStyle): string =>
  paint(bold, paint(looks[severity], `${severity}:`, style), style);

/** Breaks lines at spaces, with the rest indented. Words, such as paths, stay whole. */
function broken(text: string, { columns }: MessageStyle): string {
  if (columns === undefined) return text;
  return text
    .split('\n')
    .flatMap((line) => brokenLine(line, Math.max(columns, 40)))
    .join('\n');
}

function brokenLine(line: string, columns: number): string[] {
  const lines: string[] = [];
  let rest = line;
  while (rest.length > columns) {
    const before = rest.lastIndexOf(' ', columns);
    const at = rest.slice(0, before).trim() === '' ? rest.indexOf(' ', columns) : before;
    if (at === -1) break;
    lines.push(rest.slice(0, at));
    rest = `  ${rest.slice(at + 1)}`;
  }
  return [...lines, rest];
}

/** Messages quote untrusted text, which must not move the cursor or disguise itself. */
const harmless = (text: string): string => visibleText(text.replace(/\r\n?/g, '\n'));

/** Longer lines are cut: a line of a generated file could fill the screen. */
const excerptWidth = 120;

function excerpt(line: number, column: number, text: string): string[] {
  const start = column > excerptWidth - 20 ? column - excerptWidth / 2 : 0;
  const number = String(line).padStart(5);
  const shown = blankedOut(text.slice(start, start + excerptWidth));
  return [`${number} | ${shown}`, `${' '.repeat(number.length)} | ${' '.repeat(column - 1 - start)}^`];
}

function causes(cause: unknown): string[] {
  if (cause === undefined) return [];
  const rest = cause instanceof Error ? causes(cause.cause) : [];
  return [`caused by: ${cause instanceof Error ? (cause.stack ?? cause.message) : reasonOf(cause)}`, ...rest];
}
