import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundled } from '../support/bundled.ts';
import { testTools } from '../support/tools.ts';
import { OpenSshClient } from './client.ts';

/** kit's sshd as an ordinary process on a free port of loopback, with its own home folder. */
export class SshServer implements AsyncDisposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-sshd-'));
  readonly authorizedKeys = join(this.dir, 'authorized_keys');
  log = '';
  /** Whether sources whose logins fail are refused for a time; most tests have only one source. */
  penalties = false;
  #child: ChildProcess | undefined;
  #client: OpenSshClient | undefined;

  /** Starts a server and authorises the key `id`. */
  static async start(...args: readonly string[]): Promise<SshServer> {
    const server = new SshServer();
    await server.begin(...args);
    return server;
  }

  /** `start` for a server that is not like others. */
  async begin(...args: readonly string[]): Promise<void> {
    const port = await this.run(...args);
    this.#client = new OpenSshClient(await testTools(), this.dir, port);
    await this.client.makeKey('id', '-t', 'ed25519');
    copyFileSync(join(this.dir, 'id.pub'), this.authorizedKeys);
  }

  /** Adds a line to authorized_keys. */
  authorise(line: string): void {
    appendFileSync(this.authorizedKeys, `${line.trim()}\n`);
  }

  get client(): OpenSshClient {
    if (!this.#client) throw new Error('not started');
    return this.#client;
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  /** Starts or restarts the program; resolves to its port. */
  async run(...args: readonly string[]): Promise<number> {
    const main = process.env.KIT_TEST_SSHD ?? (await bundled('services/sshd/main.ts'));
    const folders = ['--host-keys', join(this.dir, 'keys'), '--authorized-keys', this.authorizedKeys];
    const child = spawn(
      process.execPath,
      [
        ...['--disable-warning=ExperimentalWarning', main, '--port', '0', '--listen', '127.0.0.1'],
        ...[...folders, '--home', this.dir, ...(this.penalties ? [] : ['--no-penalties']), ...args],
      ],
      { env: { PATH: process.env.PATH, SECRET: 'of the server' }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        this.log += chunk;
      });
    }
    const [, port] = await this.logged(/listening on port (\d+)/);
    return Number(port);
  }

  /** Waits until the log has a line that matches. */
  async logged(pattern: RegExp): Promise<RegExpExecArray> {
    for (;;) {
      const match = pattern.exec(this.log);
      if (match) return match;
      if (this.#child?.exitCode != null)
        throw new Error(`sshd exited with ${this.#child.exitCode}:\n${this.log}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    child.kill(signal);
    const [code] = (await once(child, 'exit')) as [number | null];
    return code;
  }

  /** Resident and unshared memory, in bytes. */
  get memory(): number {
    const [, kib] = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8')) ?? [];
    return Number(kib) * 1024;
  }

  path(name: string): string {
    return join(this.dir, name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop('SIGKILL');
    rmSync(this.dir, { recursive: true, force: true });
  }
}
