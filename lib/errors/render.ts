import { KitError, KitErrors, reasonOf } from './errors.ts';
import { fromSystemError } from './system.ts';

/**
 * What a person sees of a failure: `error: file:line:column: message`, then `(hint: …)`. The stack is added
 * only when `trace` is asked for, and for errors that nobody foresaw, which are bugs.
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

/** A sentence with its place, the line that it speaks of, and the way out. */
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

/** What a terminal would act on: controls, and marks that turn the direction of writing. */
const active = /[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu;

/** Texts of others stand in messages: they must not move the cursor, or pass for something else. */
function harmless(text: string): string {
  const lines = text.replace(/\r\n?/g, '\n');
  return lines.replace(active, (char) =>
    char === '\n' || char === '\t' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** Longer lines are cut, so that a generated file does not fill the screen. */
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
