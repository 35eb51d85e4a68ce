import type { DebugStart } from '../../../lib/control/generated/control.ts';
import type { TunnelMessage } from '../../../lib/control/tunnel.ts';
import { leave, type TunnelCall } from '../client/tunnel.ts';
import { scriptTranslator } from './translate.ts';

/** Whoever debugs: a WebSocket of DevTools or VS Code. */
export interface DebuggerClient {
  send(message: string): void;
  close(reason: string): void;
}

/** Longer than any message of the protocol: a heap snapshot comes in pieces. */
const longest = 256 << 20;

/** Ids of our own questions: debuggers number theirs. */
const ownId = 'kit-';

/**
 * Carries a debugger's messages to a service and back, one line each. What the service says of its scripts is translated
 * before the debugger hears it; the order stays.
 * @param folders where sources may lie besides kit's own checkout; absolute
 */
export class DebugSession {
  readonly #call: TunnelCall<DebugStart>;
  #rest: Buffer[] = [];
  #held = 0;
  #last: Promise<void> = Promise.resolve();
  #asked = 0;
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
      if (end) leave(call);
      for (const line of this.#lines(data ?? Buffer.of())) {
        if (line.startsWith(`{"id":"${ownId}`)) this.#hearAnswer(line);
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

  hear(message: string): void {
    if (this.#call.writable) this.#call.write({ data: Buffer.from(`${message}\n`) });
  }

  end(): void {
    this.#call.cancel();
  }

  /** A text file of the service's container; undefined when there is none. */
  #readFile(path: string): Promise<string | undefined> {
    this.#asked += 1;
    const id = `${ownId}${this.#asked}`;
    this.hear(JSON.stringify({ id, method: 'Kit.readFile', params: { path } }));
    return new Promise((resolve) => this.#answers.set(id, resolve));
  }

  #hearAnswer(line: string): void {
    const { id, result } = JSON.parse(line) as { id: string; result?: { text: string } };
    this.#answers.get(id)?.(result?.text);
    this.#answers.delete(id);
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
    if (this.#held > longest) this.end();
    return lines;
  }
}
