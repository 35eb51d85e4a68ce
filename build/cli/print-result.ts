import { jsonLine, visibleText } from '../../lib/errors/visible.ts';
import type { Context } from '../host/context.ts';

/**
 * Prints a result as one line of JSON with `--json`, else as text. Both may have text of machines and images:
 * nothing in it makes a terminal act.
 * @param colour keeps the colours that the text has
 */
export function printResult(
  { stdout }: Pick<Context, 'stdout'>,
  { json }: { readonly json?: boolean | undefined },
  value: unknown,
  text: string,
  { colour = false } = {},
): void {
  stdout.write(json ? jsonLine(value) : visibleText(text, { colour }));
}

/** A sentence for the user on standard error: `kit: machine "t1" has ended`. */
export function printNotice({ stderr }: Pick<Context, 'stderr'>, text: string): void {
  stderr.write(visibleText(`kit: ${text}\n`));
}
