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
  const { place, hint } = thrown;
  const where = place ? `${place.file}:${place.line}:${place.column}: ` : '';
  const lines = [`error: ${where}${thrown.message}`];
  if (hint) lines.push(`(hint: ${hint})`);
  if (trace) lines.push(thrown.stack ?? '', ...causes(thrown.cause));
  return lines.join('\n');
}

function causes(cause: unknown): string[] {
  if (cause === undefined) return [];
  const rest = cause instanceof Error ? causes(cause.cause) : [];
  return [`caused by: ${cause instanceof Error ? (cause.stack ?? cause.message) : reasonOf(cause)}`, ...rest];
}
