import type { ChannelOutput } from '../output.ts';

/** An error of one file, which the other side shows; it goes on with the next. */
export class ScpError extends Error {
  override readonly name = 'ScpError';
}

/** Longer lines are no names. */
const maxLine = 8192;

/** Both directions of scp's old protocol: lines, bytes, and a zero byte as "go on". */
export class ScpDialogue {
  readonly #output: ChannelOutput;
  readonly #chunks: AsyncIterator<Buffer>;
  #rest: Buffer = Buffer.alloc(0);
  #complained = false;

  constructor(output: ChannelOutput) {
    this.#output = output;
    this.#chunks = output.channel.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer>;
  }

  /** The next line, without its end; undefined at the end of input. @throws Error when it is too long */
  async line(): Promise<string | undefined> {
    for (;;) {
      const end = this.#rest.indexOf(0x0a);
      if (end >= 0) return this.#take(end + 1).toString('utf8', 0, end);
      if (this.#rest.length > maxLine) throw new Error('a line that is too long');
      if (!(await this.#more())) return undefined;
    }
  }

  /** At most so many bytes, at least one. @throws Error at the end of input */
  async bytes(most: number): Promise<Buffer> {
    if (this.#rest.length === 0 && !(await this.#more())) throw new Error('the client has left');
    return this.#take(Math.min(most, this.#rest.length));
  }

  /** Waits for "go on". Returns false when the other side says instead what is wrong. */
  async confirmed(): Promise<boolean> {
    const [status] = await this.bytes(1);
    if (status === 0) return true;
    await this.line();
    this.#complained = true;
    return false;
  }

  async confirm(): Promise<void> {
    await this.send(Buffer.of(0));
  }

  /** Whether something went wrong, which the other side knows. */
  get complained(): boolean {
    return this.#complained;
  }

  async complain(message: string): Promise<void> {
    this.#complained = true;
    await this.send(`\x01scp: ${message.replace(/\n/g, ' ')}\n`);
  }

  async send(data: Buffer | string): Promise<void> {
    const sent = await this.#output.write('stdout', Buffer.from(data));
    if (!sent) throw new Error('the client has left');
  }

  async #more(): Promise<boolean> {
    const { value, done } = await this.#chunks.next();
    if (done) return false;
    this.#rest = this.#rest.length === 0 ? value : Buffer.concat([this.#rest, value]);
    return true;
  }

  #take(count: number): Buffer {
    const taken = this.#rest.subarray(0, count);
    this.#rest = this.#rest.subarray(count);
    return taken;
  }
}
