import { once } from 'node:events';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { openPty, spawnOnTerminal, type WindowSize } from '../../lib/linux/terminal/pty.ts';

/** `kit` on a terminal of its own. */
export class TerminalKit {
  /** Everything written to the terminal. */
  output = '';
  readonly #pty: ReturnType<typeof openPty>;
  readonly #child: ReturnType<typeof spawnOnTerminal>;

  constructor(args: readonly string[], size: WindowSize) {
    this.#pty = openPty(size);
    this.#pty.stream.on('error', () => this.#pty.stream.destroy());
    this.#pty.stream.on('data', (bytes: Buffer) => {
      this.output += bytes;
    });
    const env = { ...(process.env as Record<string, string>), TERM: 'xterm' };
    // Prints the terminal modes before and after.
    const script = 'echo "modes $(stty -g)"; "$@"; echo "status $? modes $(stty -g) over"';
    this.#child = spawnOnTerminal(this.#pty.path, {
      file: 'sh',
      args: ['-c', script, 'sh', join(kitRoot, 'kit'), ...args],
      env,
      cwd: kitRoot,
    });
  }

  type(keys: string): void {
    this.#pty.stream.write(keys);
  }

  resize(size: WindowSize): void {
    this.#pty.resize(size);
  }

  async ended(): Promise<void> {
    if (this.#child.exitCode === null) await once(this.#child, 'exit');
    this.#pty.stream.destroy();
  }
}
