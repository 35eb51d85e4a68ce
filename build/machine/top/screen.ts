import type { Context } from '../../host/context.ts';

/** Of xterm and all that followed it (ctlseqs): the alternate screen without a cursor, and back. */
const enter = '\x1b[?1049h\x1b[?25l';
const leave = '\x1b[?25h\x1b[?1049l';
const home = '\x1b[H';
const clearRest = '\x1b[K';
const clearBelow = '\x1b[J';

/** The user's terminal, where standard input and output are one. */
type Input = Context['stdin'] & { setRawMode?: (raw: boolean) => unknown };

/**
 * A page that is drawn again and again in place, on a screen of its own, so that the terminal is afterwards as it was.
 * `using` gives it back.
 */
export class Screen implements Disposable {
  private readonly stdin: Input;
  private readonly stdout: Context['stdout'] & { readonly rows?: number };
  private readonly onKeys: (keys: Buffer) => void;
  private readonly onResize = (): void => this.draw(this.lines);
  private lines: readonly string[] = [];

  constructor({ stdin, stdout }: Context, onKey: (key: string) => void) {
    this.stdin = stdin as Input;
    this.stdout = stdout;
    this.onKeys = (keys) => {
      for (const key of keys.toString('latin1')) onKey(key);
    };
    this.stdin.setRawMode?.(true);
    this.stdin.on('data', this.onKeys).resume();
    this.stdout.on('resize', this.onResize);
    this.stdout.write(enter);
  }

  /** As much of it as there is room for. */
  draw(lines: readonly string[]): void {
    this.lines = lines;
    const { rows = 24, columns = 80 } = this.stdout;
    // In the last column some terminals would take that very letter for the rest that is to be cleared.
    const shown = lines.slice(0, rows).map((line) => `${line.slice(0, columns - 1)}${clearRest}`);
    // No newline after the last: it would push the first one out.
    this.stdout.write(`${home}${shown.join('\r\n')}${clearBelow}`);
  }

  [Symbol.dispose](): void {
    this.stdout.off('resize', this.onResize);
    this.stdin.off('data', this.onKeys).pause();
    this.stdin.setRawMode?.(false);
    this.stdout.write(leave);
  }
}
