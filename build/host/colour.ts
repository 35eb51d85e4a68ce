import type { Context } from './context.ts';

type Stream = Context['stderr'];
type Env = Context['env'];

/**
 * Whether text for this stream may have colours: on a terminal, unless NO_COLOR (no-color.org) is set or TERM
 * says that it cannot show them. FORCE_COLOR (force-color.org) decides for any stream.
 */
export function hasColour(
  { isTTY }: Stream,
  { FORCE_COLOR: forced, NO_COLOR: off, TERM: term }: Env,
): boolean {
  if (forced) return !['0', 'false'].includes(forced);
  return isTTY === true && !off && term !== 'dumb';
}
