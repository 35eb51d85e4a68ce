import type { Socket } from 'node:net';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { ServerChannel, Session } from 'ssh2';

export type Target = 'stdout' | 'stderr';

/**
 * All that is sent to the client through one channel, one piece at a time.
 *
 * ssh2 keeps a single "waiting for the window" mark for stdout and stderr together and never forgets a piece that had to
 * wait, so two writers on one channel send a piece twice as soon as both wait. It also writes into the socket without
 * looking at what is still unsent, never calls back a write once the client has closed the channel, and does not tell
 * of a close while input waits to be read. All four are dealt with here, and nowhere else.
 */
export class ChannelOutput {
  readonly channel: ServerChannel;
  readonly #socket: Socket;
  #last: Promise<void> = Promise.resolve();
  #wake: (() => void) | undefined;
  #closed = false;
  #sent = 0;
  #busy = false;
  readonly #whenClosed: (() => void)[] = [];

  constructor(channel: ServerChannel, socket: Socket, session?: Session) {
    this.channel = channel;
    this.#socket = socket;
    const close = (): void => {
      socket.off('close', close);
      this.#close();
    };
    socket.once('close', close);
    channel.once('close', close);
    session?.once('close', close);
    // What goes wrong on a channel ends it, and the end is what we listen for.
    channel.on('error', () => {});
    channel.stderr.on('error', () => {});
  }

  /** Runs `work` when the client has gone, at once if it has already. */
  onClose(work: () => void): void {
    if (this.#closed) work();
    else this.#whenClosed.push(work);
  }

  /** The client has gone, or wants no more of this. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Changes whenever something was sent; undefined while a piece waits for the client to read. */
  get progress(): number | undefined {
    return this.#busy ? undefined : this.#sent;
  }

  /** Resolves when the piece is sent or nobody wants it any more; false in the second case. */
  async write(target: Target, piece: Buffer): Promise<boolean> {
    const sending = this.#last.then(() => this.#send(target, piece));
    this.#last = sending;
    await sending;
    return !this.#closed;
  }

  /** Sends all of `source`; an error of it counts as its end (a terminal ends with EIO). */
  async pump(source: Readable, target: Target): Promise<void> {
    try {
      for await (const piece of source) if (!(await this.write(target, piece as Buffer))) break;
    } catch {
      source.destroy();
    }
  }

  /** Tells the client how the program ended, and closes the channel. */
  finish(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.#closed) return;
    if (signal !== null && knownSignals.has(signal)) this.channel.exit(signal.slice(3), false, '');
    else this.channel.exit(code ?? 128 + (signal ? constants.signals[signal] : 0));
    this.channel.end();
  }

  #close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#wake?.();
    for (const work of this.#whenClosed) work();
  }

  async #send(target: Target, piece: Buffer): Promise<void> {
    if (this.#closed) return;
    this.#busy = true;
    const to: Writable = target === 'stdout' ? this.channel : this.channel.stderr;
    await this.#until((done) => to.write(piece, done));
    Object.assign(this.channel, nothingWaits);
    if (this.#socket.writableNeedDrain) await this.#until((done) => this.#socket.once('drain', done));
    this.#busy = false;
    this.#sent += piece.length;
  }

  /** Waits for a callback, or for the channel to close. */
  #until(start: (done: () => void) => void): Promise<void> {
    return new Promise((resolve) => {
      if (this.#closed) return resolve();
      this.#wake = resolve;
      start(resolve);
    });
  }
}

/** ssh2's own fields for what waits for the window. */
const nothingWaits = { _chunk: undefined, _chunkcb: undefined, _chunkErr: undefined, _chunkcbErr: undefined };

/** Those the protocol names (RFC 4254 section 6.10); ssh2 throws on others. */
const knownSignals: ReadonlySet<string> = new Set(
  ['ABRT', 'ALRM', 'FPE', 'HUP', 'ILL', 'INT', 'KILL', 'PIPE', 'QUIT', 'SEGV', 'TERM', 'USR1', 'USR2'].map(
    (name) => `SIG${name}`,
  ),
);
