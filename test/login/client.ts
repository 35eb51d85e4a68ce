import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { type ToolCommand, toolCommand } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { writeWrapper } from '../support/wrapper.ts';

export interface Result {
  readonly status: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface RunOptions {
  readonly input?: Buffer | string;
  readonly env?: Readonly<Record<string, string>>;
  /** Path of a private key to use instead of `id`. */
  readonly key?: string;
  readonly user?: string;
}

/** The OpenSSH client of Debian 13, with one key and no configuration of the host. */
export class OpenSshClient {
  readonly port: number;
  readonly #tools: Tools;
  readonly #dir: string;
  #wrapper = '';

  constructor(tools: Tools, dir: string, port: number) {
    this.#tools = tools;
    this.#dir = dir;
    this.port = port;
  }

  ssh(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    const { key, user = 'root' } = options;
    return this.#run(
      'ssh',
      [...this.settings(key), '-p', `${this.port}`, `${user}@127.0.0.1`, ...args],
      options,
    );
  }

  /** The command line, for programs that run in the background or on a terminal. */
  sshCommand(...args: readonly string[]): ToolCommand {
    return toolCommand(this.#tools, 'ssh', [
      ...this.settings(),
      '-p',
      `${this.port}`,
      'root@127.0.0.1',
      ...args,
    ]);
  }

  /** Runs sftp commands; stops at the first that fails. */
  async sftp(...commands: readonly string[]): Promise<Result> {
    const args = [
      '-S',
      await this.wrapper(),
      ...this.settings(),
      '-P',
      `${this.port}`,
      '-b',
      '-',
      'root@127.0.0.1',
    ];
    return this.#run('sftp', args, { input: `${commands.join('\n')}\n` });
  }

  async scp(...args: readonly string[]): Promise<Result> {
    return this.#run(
      'scp',
      ['-S', await this.wrapper(), ...this.settings(), '-P', `${this.port}`, ...args],
      {},
    );
  }

  /** Generates a key pair; resolves to the private key's path. */
  async makeKey(name: string, ...options: readonly string[]): Promise<string> {
    const key = join(this.#dir, name);
    const made = await this.#run('ssh-keygen', ['-q', '-N', '', '-C', name, '-f', key, ...options], {});
    if (made.status !== 0) throw new Error(made.stderr);
    return key;
  }

  settings(key = join(this.#dir, 'id')): string[] {
    const options = {
      IdentitiesOnly: 'yes',
      IdentityAgent: 'none',
      BatchMode: 'yes',
      StrictHostKeyChecking: 'accept-new',
      UserKnownHostsFile: `"${join(this.#dir, 'known_hosts')}"`,
      GlobalKnownHostsFile: '/dev/null',
      LogLevel: 'ERROR',
    };
    return [
      '-F',
      'none',
      '-i',
      key,
      ...Object.entries(options).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    ];
  }

  /** A script that runs ssh, for programs that start it. */
  async wrapper(): Promise<string> {
    this.#wrapper ||= await writeWrapper(this.#tools, 'ssh', this.#dir);
    return this.#wrapper;
  }

  #run(name: string, args: readonly string[], { input = '', env = {} }: RunOptions): Promise<Result> {
    const command = toolCommand(this.#tools, name, [...args]);
    return new Promise((resolve) => {
      const child = execFile(
        command.file,
        command.args,
        {
          ...{ cwd: this.#dir, env: { ...command.env, ...env } },
          ...{ encoding: 'buffer', maxBuffer: 1 << 28, timeout: 60_000 },
        },
        (_error, stdout, stderr) => resolve({ status: child.exitCode, stdout, stderr: stderr.toString() }),
      );
      child.stdin?.on('error', () => {});
      child.stdin?.end(input);
    });
  }
}
