import { visible } from '../../../lib/errors/visible.ts';
import type { Context } from '../../host/context.ts';
import { enterRawMode } from '../../host/terminal.ts';

/** xterm control sequences (ctlseqs): alternate screen, hide cursor; and back. */
const enter = '\x1b[?1049h\x1b[?25l';
const leave = '\x1b[?25h\x1b[?1049l';
const home = '\x1b[H';
const clearToEndOfLine = '\x1b[K';
const clearBelow = '\x1b[J';

/**
 * A page that is redrawn in place on the terminal's alternate screen. `using` restores the terminal.
 */
export class Screen implements Disposable {
  readonly #stdin: Context['stdin'];
  readonly #stdout: Context['stdout'] & { readonly rows?: number };
  readonly #restore: () => void;
  readonly #onData: (keys: Buffer) => void;
  readonly #onResize = (): void => this.draw(this.#lines);
  #lines: readonly string[] = [];

  constructor({ stdin, stdout }: Context, onKey: (key: string) => void) {
    this.#stdin = stdin;
    this.#stdout = stdout;
    this.#onData = (keys) => {
      for (const key of keys.toString('latin1')) onKey(key);
    };
    this.#restore = enterRawMode(stdin);
    this.#stdin.on('data', this.#onData).resume();
    this.#stdout.on('resize', this.#onResize);
    this.#stdout.write(enter);
  }

  /** Draws the lines that fit into the window. */
  draw(lines: readonly string[]): void {
    this.#lines = lines;
    const { rows = 24, columns = 80 } = this.#stdout;
    // One column stays free: at the last one, some terminals clear the letter with the rest of the line.
    const shown = lines
      .slice(0, rows)
      .map((line) => `${visible(line).slice(0, columns - 1)}${clearToEndOfLine}`);
    // No newline after the last line: it would scroll the first one away.
    this.#stdout.write(`${home}${shown.join('\r\n')}${clearBelow}`);
  }

  [Symbol.dispose](): void {
    this.#stdout.off('resize', this.#onResize);
    this.#stdin.off('data', this.#onData).pause();
    this.#restore();
    this.#stdout.write(leave);
  }
}
