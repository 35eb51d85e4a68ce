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

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** A client of QEMU's machine protocol (QMP): one JSON object a line. Emits `event` with a QmpEvent. */
export class Qmp extends EventEmitter<{ event: [QmpEvent] }> {
  /** Resolves when QEMU runs and takes commands; rejects when the stream ends before. */
  readonly ready: Promise<void>;
  private readonly stream: Duplex;
  private readonly waiting = new Map<number, Waiting>();
  private readonly greeted = Promise.withResolvers<void>();
  private lastId = 0;

  constructor(stream: Duplex) {
    super();
    this.stream = stream;
    stream.on('error', () => {});
    createInterface({ input: stream })
      .on('line', (line) => this.receive(line))
      .on('error', () => {})
      .on('close', () => this.end());
    this.ready = this.greeted.promise.then(() => this.execute('qmp_capabilities')).then(() => {});
    // Who only wants to know that QEMU ended does not look at `ready`.
    this.ready.catch(() => {});
  }

  /** @throws Error with QEMU's words when it refuses, or is gone. */
  execute(command: string, args: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.lastId += 1;
    if (this.stream.destroyed) return Promise.reject(new Error('QEMU is gone'));
    this.waiting.set(this.lastId, { resolve, reject });
    this.stream.write(`${JSON.stringify({ execute: command, arguments: args, id: this.lastId })}\n`);
    return promise;
  }

  private receive(line: string): void {
    const message = parse(line);
    if (message?.QMP !== undefined) this.greeted.resolve();
    if (message?.event !== undefined) this.emit('event', message as QmpEvent);
    const waiting = message?.id === undefined ? undefined : this.waiting.get(message.id);
    if (!message || !waiting) return;
    this.waiting.delete(message.id ?? 0);
    if (message.error) waiting.reject(new Error(message.error.desc));
    else waiting.resolve(message.return);
  }

  private end(): void {
    const gone = new Error('QEMU is gone');
    this.greeted.reject(gone);
    for (const { reject } of this.waiting.values()) reject(gone);
    this.waiting.clear();
  }
}

function parse(line: string): Message | undefined {
  try {
    return JSON.parse(line) as Message;
  } catch {
    return undefined;
  }
}
