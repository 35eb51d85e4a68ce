import { EventEmitter } from 'node:events';
import { createInterface } from 'node:readline';
import type { Duplex } from 'node:stream';

/** `{"event": "SHUTDOWN", "data": {"guest": true, "reason": "guest-shutdown"}}` */
export interface QmpEvent {
  readonly event: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

interface Message extends Partial<QmpEvent> {
  readonly QMP?: unknown;
  readonly id?: number;
  readonly return?: unknown;
  readonly error?: { readonly desc: string };
}

interface PendingCommand {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A client of the QEMU Machine Protocol: one JSON object a line. */
export class Qmp extends EventEmitter<{ event: [QmpEvent] }> {
  /** Resolves when QEMU accepts commands; rejects when the stream ends before. */
  readonly ready: Promise<void>;
  readonly #stream: Duplex;
  readonly #pending = new Map<number, PendingCommand>();
  readonly #greeting = Promise.withResolvers<void>();
  #lastId = 0;
  #isClosed = false;

  constructor(stream: Duplex) {
    super();
    this.#stream = stream;
    // One that breaks off has no end, and readline waits for that.
    stream.on('error', () => {}).on('close', () => this.#onClose());
    createInterface({ input: stream })
      .on('line', (line) => this.#onLine(line))
      .on('error', () => {})
      .on('close', () => this.#onClose());
    this.ready = this.#greeting.promise.then(() => this.execute('qmp_capabilities')).then(() => {});
    // Nothing may be waiting for `ready` when QEMU ends early.
    this.ready.catch(() => {});
  }

  /** @throws Error with QEMU's description when it refuses, or when it has exited */
  execute(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#lastId += 1;
    if (this.#isClosed || this.#stream.destroyed) return Promise.reject(new Error('QEMU is gone'));
    this.#pending.set(this.#lastId, { resolve, reject });
    this.#stream.write(`${JSON.stringify({ execute: command, arguments: args, id: this.#lastId })}\n`);
    return promise;
  }

  #onLine(line: string): void {
    const message = parse(line);
    if (message?.QMP !== undefined) this.#greeting.resolve();
    if (typeof message?.event === 'string') this.emit('event', message as QmpEvent);
    const pending = message?.id === undefined ? undefined : this.#pending.get(message.id);
    if (!message || !pending) return;
    this.#pending.delete(message.id ?? 0);
    if (message.error) pending.reject(new Error(message.error.desc));
    else pending.resolve(message.return);
  }

  #onClose(): void {
    // A greeting right before the end: the command that it lets through would never be answered.
    this.#isClosed = true;
    const gone = new Error('QEMU is gone');
    this.#greeting.reject(gone);
    for (const { reject } of this.#pending.values()) reject(gone);
    this.#pending.clear();
  }
}

function parse(line: string): Message | undefined {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return undefined;
  }
}
