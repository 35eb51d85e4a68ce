import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { isRoot } from '../support/needs.ts';
import { browserTools } from '../support/tools.ts';

interface Message {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/**
 * Debian's Chromium in headless mode, controlled with the DevTools protocol over a pipe. It re-executes
 * /proc/self/exe, which would be the dynamic linker of a tools tree: so it runs with that tree as /usr, in a
 * mount namespace of its own; that of an ordinary user needs a user namespace.
 */
export class Browser implements AsyncDisposable {
  readonly #process: ChildProcess;
  readonly #out: Writable;
  readonly #answers = new Map<number, (message: Message) => void>();
  #id = 0;
  #output = '';
  #ended: Message | undefined;

  constructor(process: ChildProcess) {
    this.#process = process;
    // The browser reads descriptor 3 and writes 4: JSON messages, each followed by a zero byte.
    const [, , stderr, out, messages] = process.stdio as [null, null, Readable, Writable, Readable];
    this.#out = out.on('error', () => {});
    stderr.on('data', (bytes) => {
      this.#output = `${this.#output}${bytes}`.slice(-4000);
    });
    let rest = '';
    messages.setEncoding('utf8').on('data', (text) => {
      const parts = `${rest}${text}`.split('\0');
      rest = parts.pop() ?? '';
      for (const part of parts) this.#hear(JSON.parse(part));
    });
    process.once('exit', (status) => {
      const ended = { error: { message: `Chromium exited with ${status}: ${this.#output}` } };
      this.#ended = ended;
      for (const answer of this.#answers.values()) answer(ended);
    });
  }

  /** Starts the browser. @param home an empty folder for its profile */
  static async launch(home: string): Promise<Browser> {
    const { dir } = await browserTools();
    const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--remote-debugging-pipe'];
    const script = `mount --bind "$0/usr" /usr && exec /usr/lib/chromium/chromium "$@"`;
    const namespaces = isRoot ? ['-m'] : ['--map-root-user', '-m'];
    const args = [...namespaces, '--propagation', 'private', 'sh', '-c', script, dir];
    const env = { HOME: home, PATH: '/usr/sbin:/usr/bin:/sbin:/bin', FONTCONFIG_PATH: `${dir}/etc/fonts` };
    const child = spawn('unshare', [...args, ...flags, `--user-data-dir=${home}`, 'about:blank'], {
      env,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe', 'pipe'],
    });
    await once(child, 'spawn');
    return new Browser(child);
  }

  /** Opens a page in a tab of ordinary size. */
  async open(url: string): Promise<Page> {
    const { targetId } = await this.call<{ targetId: string }>('Target.createTarget', { url });
    const attach = { targetId, flatten: true };
    const { sessionId } = await this.call<{ sessionId: string }>('Target.attachToTarget', attach);
    const size = { width: 1400, height: 900, deviceScaleFactor: 1, mobile: false };
    await this.call('Emulation.setDeviceMetricsOverride', size, sessionId);
    return new Page(this, sessionId);
  }

  async call<Result>(method: string, params: object, sessionId?: string): Promise<Result> {
    this.#id += 1;
    const id = this.#id;
    this.#out.write(`${JSON.stringify({ id, method, params, sessionId })}\0`);
    const answer = this.#ended ?? (await new Promise<Message>((resolve) => this.#answers.set(id, resolve)));
    if (answer.error) throw new Error(`${method}: ${answer.error.message}`);
    return answer.result as Result;
  }

  #hear(message: Message): void {
    if (message.id === undefined) return;
    this.#answers.get(message.id)?.(message);
    this.#answers.delete(message.id);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const gone = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await gone;
  }
}

/** Yields all nodes in document order, including those of shadow roots. */
const everyNode = `function* every(node) {
  if (node instanceof HTMLStyleElement || node instanceof HTMLScriptElement) return;
  yield node;
  for (const child of [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes]) yield* every(child);
}`;

export class Page {
  readonly #browser: Browser;
  readonly #session: string;

  constructor(browser: Browser, session: string) {
    this.#browser = browser;
    this.#session = session;
  }

  /** The visible text. */
  text(): Promise<string> {
    return this.#evaluate(
      '[...every(document)].map((node) => (node instanceof Text ? node.data : "")).join("")',
    );
  }

  /** Waits for an element whose text ends with the given one, and clicks it. */
  async click(text: string, times = 1): Promise<void> {
    const { x, y } = await this.#place(text);
    for (let clickCount = 1; clickCount <= times; clickCount += 1) {
      for (const type of ['mousePressed', 'mouseReleased']) {
        const event = { type, x, y, button: 'left', clickCount };
        await this.#browser.call('Input.dispatchMouseEvent', event, this.#session);
      }
    }
  }

  async until(shows: string): Promise<void> {
    await this.#poll(shows, async () => (await this.text()).includes(shows) || undefined);
  }

  #place(text: string): Promise<{ x: number; y: number }> {
    const look = `(() => {
      for (const one of every(document)) {
        if (!(one instanceof Text) || !one.data.trim().endsWith(${JSON.stringify(text)})) continue;
        const { x, y, width, height } = one.parentElement?.getBoundingClientRect() ?? { width: 0 };
        if (width > 0) return { x: x + width / 2, y: y + height / 2 };
      }
    })()`;
    return this.#poll(text, () => this.#evaluate(look));
  }

  async #poll<T>(what: string, ask: () => Promise<T | undefined>): Promise<T> {
    const end = Date.now() + 60_000;
    for (;;) {
      const answer = await ask();
      if (answer !== undefined) return answer;
      if (Date.now() > end) throw new Error(`the page does not show ${what}: ${await this.text()}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async #evaluate<T>(expression: string): Promise<T> {
    const { result, exceptionDetails } = await this.#browser.call<{
      result: { value: T };
      exceptionDetails?: object;
    }>(
      'Runtime.evaluate',
      { expression: `{${everyNode} ${expression}}`, returnByValue: true },
      this.#session,
    );
    if (exceptionDetails) throw new Error(JSON.stringify(exceptionDetails));
    return result.value;
  }
}
