import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { kitRoot } from '../../build/host/paths.ts';

/** What the server reports about a text. */
export interface Diagnostic {
  readonly message: string;
  readonly range: { readonly start: { readonly line: number } };
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: {
    readonly uri?: string;
    readonly items?: unknown[];
    readonly diagnostics?: Diagnostic[];
  };
  readonly result?: unknown;
}

/** The YAML language server that editors run, over the Language Server Protocol 3.17. */
export class LanguageServer implements Disposable {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #answers = new Map<number, (result: unknown) => void>();
  readonly #reports = new Map<string, (diagnostics: Diagnostic[]) => void>();
  #read = Buffer.alloc(0);
  #requests = 0;

  constructor() {
    const program = join(kitRoot, 'node_modules/yaml-language-server/bin/yaml-language-server');
    this.#child = spawn(process.execPath, [program, '--stdio']);
    this.#child.stdout.on('data', (bytes: Buffer) => this.#receive(bytes));
  }

  static async start(): Promise<LanguageServer> {
    const server = new LanguageServer();
    const capabilities = { textDocument: { completion: { completionItem: { snippetSupport: true } } } };
    await server.#ask('initialize', { processId: process.pid, rootUri: null, capabilities });
    server.#send({ method: 'initialized', params: {} });
    const yaml = { schemaStore: { enable: false }, validate: true, completion: true, hover: true };
    server.#send({ method: 'workspace/didChangeConfiguration', params: { settings: { yaml } } });
    return server;
  }

  /** Opens a text as that file, which need not exist. Resolves to what is wrong with it. */
  open(file: string, text: string): Promise<Diagnostic[]> {
    const { href: uri } = pathToFileURL(file);
    const reported = new Promise<Diagnostic[]>((resolve) => this.#reports.set(uri, resolve));
    const textDocument = { uri, languageId: 'yaml', version: 1, text };
    this.#send({ method: 'textDocument/didOpen', params: { textDocument } });
    return reported;
  }

  /** The labels of what completes the text at a place; lines and characters start at 0. */
  async completions(file: string, line: number, character: number): Promise<string[]> {
    const result = await this.#ask('textDocument/completion', at(file, line, character));
    return (result as { items: { label: string }[] }).items.map(({ label }) => label);
  }

  async hover(file: string, line: number, character: number): Promise<string> {
    const result = await this.#ask('textDocument/hover', at(file, line, character));
    return (result as { contents: { value: string } }).contents.value;
  }

  [Symbol.dispose](): void {
    this.#child.kill('SIGKILL');
  }

  #ask(method: string, params: object): Promise<unknown> {
    this.#requests += 1;
    const id = this.#requests;
    const answer = new Promise((resolve) => this.#answers.set(id, resolve));
    this.#send({ id, method, params });
    return answer;
  }

  #send(message: object): void {
    const text = JSON.stringify({ jsonrpc: '2.0', ...message });
    this.#child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }

  #receive(bytes: Buffer): void {
    this.#read = Buffer.concat([this.#read, bytes]);
    for (;;) {
      const end = this.#read.indexOf('\r\n\r\n');
      const size = Number(/Content-Length: (\d+)/.exec(this.#read.toString('latin1', 0, end))?.[1]);
      if (end === -1 || this.#read.length < end + 4 + size) return;
      const message = JSON.parse(this.#read.toString('utf8', end + 4, end + 4 + size)) as Message;
      this.#read = this.#read.subarray(end + 4 + size);
      this.#handle(message);
    }
  }

  #handle({ id, method, params, result }: Message): void {
    if (method === 'textDocument/publishDiagnostics') {
      this.#reports.get(params?.uri ?? '')?.(params?.diagnostics ?? []);
    } else if (id !== undefined && method === undefined) this.#answers.get(id)?.(result);
    // A request of the server: for its configuration, or to register a capability.
    else if (id !== undefined) this.#send({ id, result: params?.items?.map(() => ({})) ?? null });
  }
}

const at = (file: string, line: number, character: number): object => ({
  textDocument: { uri: pathToFileURL(file).href },
  position: { line, character },
});
