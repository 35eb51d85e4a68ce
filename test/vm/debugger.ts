import { SourceMap } from 'node:module';

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

interface Script {
  readonly scriptId: string;
  readonly url: string;
  readonly sourceMapURL: string;
}

export interface Paused {
  readonly reason: string;
  readonly callFrames: readonly { readonly callFrameId: string; readonly functionName: string }[];
}

/** A debugger with source maps: sets breakpoints by source file and line. */
export class Debugger implements Disposable {
  readonly #socket: WebSocket;
  readonly #messages: Message[] = [];
  #wake: () => void = () => {};
  #id = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.#messages.push(JSON.parse(String(data)));
      this.#wake();
    });
    socket.addEventListener('close', ({ reason }) => {
      this.#messages.push({ error: { message: `closed: ${reason}` } });
      this.#wake();
    });
  }

  static async connect(url: string): Promise<Debugger> {
    const socket = new WebSocket(url);
    await new Promise((resolve, reject) => {
      socket.addEventListener('open', resolve);
      socket.addEventListener('error', () => reject(new Error(`no debugger at ${url}`)));
    });
    const one = new Debugger(socket);
    await one.call('Runtime.enable');
    await one.call('Debugger.enable');
    return one;
  }

  async call(method: string, params: object = {}): Promise<unknown> {
    this.#id += 1;
    const id = this.#id;
    this.#socket.send(JSON.stringify({ id, method, params }));
    const { result, error } = await this.#find((message) => message.id === id);
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  }

  async paused(): Promise<Paused> {
    const message = await this.#find(({ method }) => method === 'Debugger.paused');
    this.#messages.splice(this.#messages.indexOf(message), 1);
    return message.params as Paused;
  }

  /** The script that a source file, such as `greet.ts`, was bundled into. */
  async scriptOf(source: string): Promise<Script> {
    const { params } = await this.#find(({ method, params: script }) => {
      if (method !== 'Debugger.scriptParsed') return false;
      return mapOf(script as Script)?.payload.sources.some((name) => name.endsWith(`/${source}`)) === true;
    });
    return params as Script;
  }

  /** Sets a breakpoint before a line, counted from 1. */
  async breakAt(source: string, line: number): Promise<void> {
    const script = await this.scriptOf(source);
    const { scriptSource } = (await this.call('Debugger.getScriptSource', {
      scriptId: script.scriptId,
    })) as { scriptSource: string };
    const [lineNumber, columnNumber] = generatedPlace(script, scriptSource.split('\n'), source, line);
    await this.call('Debugger.setBreakpointByUrl', { url: script.url, lineNumber, columnNumber });
  }

  /** Evaluates an expression in the innermost frame. */
  async evaluate({ callFrames }: Paused, expression: string): Promise<unknown> {
    const callFrameId = callFrames[0]?.callFrameId;
    const reply = await this.call('Debugger.evaluateOnCallFrame', { callFrameId, expression });
    return (reply as { result: { value: unknown } }).result.value;
  }

  async #find(fits: (message: Message) => boolean): Promise<Message> {
    const end = Date.now() + 60_000;
    for (;;) {
      const found = this.#messages.find(fits);
      if (found) return found;
      const left = end - Date.now();
      const closed = this.#messages.findLast(({ error, id }) => error && id === undefined);
      if (left <= 0 || closed) {
        const last = this.#messages.slice(-3).map((message) => JSON.stringify(message).slice(0, 300));
        throw new Error(`the debugger did not receive the event; last: ${last.join('\n')}`);
      }
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
        setTimeout(resolve, Math.min(left, 1000));
      });
    }
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }
}

const inline = 'data:application/json;base64,';

function mapOf({ sourceMapURL }: Script): SourceMap | undefined {
  if (!sourceMapURL.startsWith(inline)) return undefined;
  return new SourceMap(JSON.parse(Buffer.from(sourceMapURL.slice(inline.length), 'base64').toString()));
}

/** The first position of the bundle that comes from a line of the source; both counted from 0. */
function generatedPlace(script: Script, lines: readonly string[], source: string, wanted: number): number[] {
  const map = mapOf(script);
  for (const [line, text] of lines.entries()) {
    for (let column = 0; column < text.length; column += 1) {
      const entry = map?.findEntry(line, column);
      if (!entry || !('originalSource' in entry)) continue;
      const here = entry.generatedLine === line && entry.generatedColumn === column;
      if (here && entry.originalLine === wanted - 1 && entry.originalSource.endsWith(`/${source}`)) {
        return [line, column];
      }
    }
  }
  throw new Error(`line ${wanted} of ${source} is not in ${script.url}`);
}
