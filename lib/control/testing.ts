import { rmSync } from 'node:fs';
import { promisify } from 'node:util';
import { Server, ServerCredentials, type ServerWritableStream } from '@grpc/grpc-js';
import { ControlService, type LogLine, type LogLines, type LogsRequest } from './generated/control.ts';

type LogsCall = ServerWritableStream<LogsRequest, LogLines>;

/** A fake supervisor that serves only the Logs call, on a unix socket. */
export class FakeLogServer {
  readonly #socket: string;
  readonly #lines: LogLine[] = [];
  readonly #calls = new Set<LogsCall>();
  readonly #counts = new Map<string, bigint>();
  #server: Server | undefined;
  logId = 'of a boot';

  constructor(socket: string) {
    this.#socket = socket;
  }

  async start(): Promise<void> {
    rmSync(this.#socket, { force: true });
    this.#server = new Server();
    const { logs } = ControlService;
    this.#server.addService({ logs }, { logs: (call: LogsCall) => this.#serve(call) });
    await promisify(this.#server.bindAsync.bind(this.#server))(
      `unix:${this.#socket}`,
      ServerCredentials.createInsecure(),
    );
  }

  /** Breaks every connection, as when the process is killed. */
  kill(): void {
    this.#server?.forceShutdown();
    this.#calls.clear();
  }

  /** Messages that the slowest client has not received yet. */
  get waiting(): number {
    return Math.max(0, ...[...this.#calls].map((call) => call.writableLength));
  }

  say(source: string, message: string, rest: Partial<LogLine> = {}): void {
    const sequence = (this.#counts.get(source) ?? 0n) + 1n + (rest.missed ?? 0n);
    this.#counts.set(source, sequence);
    const timeMs = 1_767_225_600_000n + sequence;
    const line = { timeMs, source, stream: 'stdout', message, pid: 0, missed: 0n, ...rest, sequence };
    this.#lines.push(line);
    for (const call of this.#calls) call.write({ lines: [line], logId: '', after: [] });
  }

  #serve(call: LogsCall): void {
    const { after, logId } = call.request;
    const done = new Map(logId === this.logId ? after.map(({ source, sequence }) => [source, sequence]) : []);
    const lines = this.#lines.filter(({ source, sequence }) => sequence > (done.get(source) ?? 0n));
    call.write({ lines: [], logId: this.logId, after: [] });
    for (const line of lines) call.write({ lines: [line], logId: '', after: [] });
    this.#calls.add(call);
    call.on('close', () => this.#calls.delete(call));
    call.on('cancelled', () => this.#calls.delete(call));
  }
}
