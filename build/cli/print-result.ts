import type { Context } from '../host/context.ts';

/** Prints a result as one line of JSON with `--json`, else as text. */
export function printResult(
  { stdout }: Pick<Context, 'stdout'>,
  { json }: { readonly json?: boolean | undefined },
  value: unknown,
  text: string,
): void {
  stdout.write(json ? `${JSON.stringify(value)}\n` : text);
}
