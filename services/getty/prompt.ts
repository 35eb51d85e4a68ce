import { closeSync, constants, openSync } from 'node:fs';
import { ReadStream } from 'node:tty';
import { setTerminalModes } from '../../lib/linux/terminal/termios.ts';

/** Maximum bytes of buffered input; no user name or password is longer. */
const maxBytes = 256;

/** Prompts on a terminal in canonical mode, where the kernel does the line editing. */
export class Prompt implements Disposable {
  readonly #stream: ReadStream;
  readonly #fd: number;
  #text = '';
  #ended = false;
  #wake: () => void = () => {};

  /** Opens with O_NOCTTY: the terminal must become the shell's controlling terminal, not this process's. */
  constructor(device: string) {
    const fd = openSync(device, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
    this.#stream = new ReadStream(fd);
    this.#fd = ownDescriptor(this.#stream, fd);
    if (this.#fd !== fd) closeSync(fd);
    this.#stream.on('data', (chunk: Buffer) => {
      this.#text = (this.#text + chunk.toString('utf8')).slice(-maxBytes);
      this.#wake();
    });
    for (const event of ['end', 'error', 'close'] as const) {
      this.#stream.on(event, () => {
        this.#ended = true;
        this.#wake();
      });
    }
  }

  write(text: string): void {
    if (!this.#ended) this.#stream.write(text.replaceAll('\n', '\r\n'));
  }

  /** Resolves to the next line without its newline, or to undefined after a hang-up or Ctrl-D. */
  async ask(question: string, { echo = true } = {}): Promise<string | undefined> {
    setTerminalModes(this.#fd, { ECHO: echo });
    this.write(question);
    const line = await this.#line();
    if (!echo) this.write('\n');
    return line;
  }

  async #line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#text.search(/[\r\n]/);
      if (end >= 0) {
        const line = this.#text.slice(0, end);
        this.#text = this.#text.slice(end + 1);
        return line;
      }
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  [Symbol.dispose](): void {
    this.#stream.destroy();
  }
}

/** libuv reopens a terminal where it can, and closes only its own descriptor. */
function ownDescriptor(stream: ReadStream, given: number): number {
  const { _handle: handle } = stream as unknown as { readonly _handle?: { readonly fd?: number } };
  return handle?.fd ?? given;
}
