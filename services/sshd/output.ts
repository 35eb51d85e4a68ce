import type { Socket } from 'node:net';
import { constants } from 'node:os';
import type { Readable, Writable } from 'node:stream';
import type { Connection, ServerChannel, Session } from 'ssh2';
import type { Protocol } from 'ssh2/lib/protocol/Protocol.js';

export type OutputStream = 'stdout' | 'stderr';

/**
 * Sends data to the client through one channel, one chunk at a time. Works around five defects of ssh2:
 *
 * - It has one state for "waiting for window space" of stdout and stderr together and never clears a chunk
 *   that had to wait: two writers on one channel send a chunk twice as soon as both wait.
 * - It writes to the socket without regard to its backpressure, and to a queue during a key exchange.
 * - It never calls the callback of a write after the client has closed the channel.
 * - It does not emit `close` while input waits to be read.
 */
export class ChannelOutput {
  readonly channel: ServerChannel;
  readonly #socket: Socket;
  #last: Promise<void> = Promise.resolve();
  #wake: (() => void) | undefined;
  #closed = false;
  #sent = 0;
  #busy = false;
  readonly #closeCallbacks: (() => void)[] = [];

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
    // An error on a channel closes it, and `close` is handled above.
    channel.on('error', () => {});
    channel.stderr.on('error', () => {});
  }

  /** Calls `callback` when the channel or connection is closed, at once if it already is. */
  onClose(callback: () => void): void {
    if (this.#closed) callback();
    else this.#closeCallbacks.push(callback);
  }

  /** Whether the channel or the connection is closed. */
  get closed(): boolean {
    return this.#closed;
  }

  /** Bytes sent so far; undefined while a chunk waits for the client to read. */
  get progress(): number | undefined {
    return this.#busy ? undefined : this.#sent;
  }

  /** Resolves to true when the chunk is sent, or to false when the channel is closed. */
  async write(stream: OutputStream, chunk: Buffer): Promise<boolean> {
    const sending = this.#last.then(() => this.#send(stream, chunk));
    this.#last = sending;
    await sending;
    return !this.#closed;
  }

  /** Sends all of `source`. An error counts as its end: a terminal ends with EIO. */
  async pump(source: Readable, stream: OutputStream): Promise<void> {
    try {
      for await (const chunk of source) if (!(await this.write(stream, chunk as Buffer))) break;
    } catch {
      source.destroy();
    }
  }

  /** Sends the program's exit status or signal and closes the channel. */
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
    for (const callback of this.#closeCallbacks) callback();
  }

  async #send(stream: OutputStream, chunk: Buffer): Promise<void> {
    if (this.#closed) return;
    this.#busy = true;
    const writable: Writable = stream === 'stdout' ? this.channel : this.channel.stderr;
    await this.#until((done) => writable.write(chunk, done));
    Object.assign(this.channel, nothingWaiting);
    // During a key exchange ssh2 collects what is written, without a bound, until the client has finished it.
    const client = clientOf(this.channel);
    if (client._protocol._kexinit) await this.#until((done) => client.once('rekey', done));
    if (this.#socket.writableNeedDrain) await this.#until((done) => this.#socket.once('drain', done));
    this.#busy = false;
    this.#sent += chunk.length;
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

/** The connection of a channel, a private field of ssh2. */
function clientOf(channel: ServerChannel): Connection & { readonly _protocol: Protocol } {
  return (channel as never as { _client: ReturnType<typeof clientOf> })._client;
}

/** ssh2's private fields for chunks that wait for window space. */
const nothingWaiting = {
  _chunk: undefined,
  _chunkcb: undefined,
  _chunkErr: undefined,
  _chunkcbErr: undefined,
};

/** The signals of RFC 4254 section 6.10; ssh2 throws on others. */
const knownSignals: ReadonlySet<string> = new Set(
  ['ABRT', 'ALRM', 'FPE', 'HUP', 'ILL', 'INT', 'KILL', 'PIPE', 'QUIT', 'SEGV', 'TERM', 'USR1', 'USR2'].map(
    (name) => `SIG${name}`,
  ),
);
