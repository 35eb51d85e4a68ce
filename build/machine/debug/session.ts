import type { DebugStart } from '../../../lib/control/generated/control.ts';
import type { TunnelMessage } from '../../../lib/control/tunnel.ts';
import { endTunnel, type TunnelCall } from '../client/tunnel.ts';
import { parseAnswer } from './answer.ts';
import { scriptTranslator } from './translate.ts';

/** A connected debugger: a WebSocket of DevTools or VS Code. */
export interface DebuggerClient {
  send(message: string): void;
  close(reason: string): void;
}

/** Longer than any message of the protocol: heap snapshots are sent in chunks. */
const maxMessageBytes = 256 << 20;

/** Prefix of the ids of our own requests; those of debuggers are numbers. */
const ownId = 'kit-';

/**
 * Passes messages between a debugger and a service, one line each. Messages about scripts get source maps for
 * this host; the order is kept.
 * @param folders with sources besides kit's own checkout; absolute
 */
export class DebugSession {
  readonly #call: TunnelCall<DebugStart>;
  #rest: Buffer[] = [];
  #held = 0;
  #last: Promise<void> = Promise.resolve();
  #lastId = 0;
  readonly #answers = new Map<string, (text: string | undefined) => void>();

  constructor(
    call: TunnelCall<DebugStart>,
    start: DebugStart,
    client: DebuggerClient,
    folders: readonly string[],
  ) {
    this.#call = call;
    const translate = scriptTranslator((path) => this.#readFile(path), folders);
    call.write({ start });
    call.on('data', ({ data, end }: TunnelMessage) => {
      if (end) endTunnel(call);
      for (const line of this.#lines(data ?? Buffer.of())) {
        if (line.startsWith(`{"id":"${ownId}`)) this.#onAnswer(line);
        else this.#last = this.#last.then(async () => client.send(await translate(line)));
      }
    });
    call.on('error', (error: { details?: string; message: string }) =>
      client.close(error.details || error.message),
    );
    call.once('status', () => {
      for (const answer of this.#answers.values()) answer(undefined);
    });
    call.on('end', () => client.close('the service has ended'));
  }

  /** Passes a debugger's message to the service. */
  send(message: string): void {
    if (this.#call.writable) this.#call.write({ data: Buffer.from(`${message}\n`) });
  }

  cancel(): void {
    this.#call.cancel();
  }

  /** A text file of the service's container; undefined when there is none. */
  #readFile(path: string): Promise<string | undefined> {
    this.#lastId += 1;
    const id = `${ownId}${this.#lastId}`;
    this.send(JSON.stringify({ id, method: 'Kit.readFile', params: { path } }));
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  #onAnswer(line: string): void {
    const answer = parseAnswer(line);
    if (!answer) return;
    this.#answers.get(answer.id)?.(answer.text);
    this.#answers.delete(answer.id);
  }

  #lines(data: Uint8Array): string[] {
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    const lines: string[] = [];
    let from = 0;
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, from)) {
      lines.push(Buffer.concat([...this.#rest, bytes.subarray(from, end)]).toString('utf8'));
      this.#rest = [];
      this.#held = 0;
      from = end + 1;
    }
    this.#rest.push(bytes.subarray(from));
    this.#held += bytes.length - from;
    if (this.#held > maxMessageBytes) this.cancel();
    return lines;
  }
}
