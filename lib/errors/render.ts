import { KitError, KitErrors, reasonOf } from './errors.ts';
import { fromSystemError } from './system.ts';

/**
 * The text of an error for users: `error: file:line:column: message`, then `(hint: …)`. The stack is shown
 * with `trace`, and for unexpected errors, which are bugs.
 */
export function renderError(thrown: unknown, { trace = false } = {}): string {
  if (thrown instanceof KitErrors)
    return thrown.errors.map((error) => renderError(error, { trace })).join('\n');
  const system = fromSystemError(thrown);
  if (system) return renderError(system, { trace });
  if (!(thrown instanceof KitError)) {
    const text = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return `error: Unexpected failure, which is a bug in kit: ${text}`;
  }
  const lines = [renderMessage('error', thrown.message, thrown)];
  if (trace) lines.push(thrown.stack ?? '', ...causes(thrown.cause));
  return lines.join('\n');
}

/** A message with its position, the source line, and the hint. */
export function renderMessage(
  severity: 'error' | 'warning',
  message: string,
  { place, hint }: Pick<KitError, 'place' | 'hint'>,
): string {
  const where = place ? `${place.file}:${place.line}:${place.column}: ` : '';
  const lines = [`${severity}: ${harmless(`${where}${message}`)}`];
  if (place?.text !== undefined) lines.push(...excerpt(place.line, place.column, place.text));
  if (hint) lines.push(`(hint: ${harmless(hint)})`);
  return lines.join('\n');
}

/** Control characters, and those that change the direction of writing: terminals act on them. */
const active = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Escapes them: messages quote untrusted text, which must not move the cursor or disguise itself. */
function harmless(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  return lines.replace(active, (char) =>
    char === '\n' || char === '\t' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Longer lines are cut: a line of a generated file could fill the screen. */
const excerptWidth = 120;

function excerpt(line: number, column: number, text: string): string[] {
  const start = column > excerptWidth - 20 ? column - excerptWidth / 2 : 0;
  const number = String(line).padStart(5);
  const shown = text.slice(start, start + excerptWidth).replace(active, ' ');
  return [`${number} | ${shown}`, `${' '.repeat(number.length)} | ${' '.repeat(column - 1 - start)}^`];
}

function causes(cause: unknown): string[] {
  if (cause === undefined) return [];
  const rest = cause instanceof Error ? causes(cause.cause) : [];
  return [`caused by: ${cause instanceof Error ? (cause.stack ?? cause.message) : reasonOf(cause)}`, ...rest];
}
