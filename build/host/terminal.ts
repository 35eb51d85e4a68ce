import type { Context } from './context.ts';

/** Standard input where it is a terminal: Node's tty.ReadStream. */
type TerminalInput = Context['stdin'] & {
  readonly isTTY?: boolean;
  setRawMode?: (raw: boolean) => unknown;
};

/** Whether standard input and standard output are both terminals. */
export const isTerminal = ({ stdin, stdout }: Pick<Context, 'stdin' | 'stdout'>): boolean =>
  (stdin as TerminalInput).isTTY === true && stdout.isTTY === true;

/** The size of the user's terminal; 24 by 80, as for a VT100, if it is unknown. */
export function terminalSize({ stdout }: Pick<Context, 'stdout'>): { rows: number; columns: number } {
  const { rows, columns } = stdout as { readonly rows?: number; readonly columns?: number };
  return { rows: rows ?? 24, columns: columns ?? 80 };
}

/** Puts the terminal into raw mode: each key arrives at once, Ctrl-C included. Returns a restore function. */
export function enterRawMode(stdin: Context['stdin']): () => void {
  const input = stdin as TerminalInput;
  input.setRawMode?.(true);
  return () => void input.setRawMode?.(false);
}
