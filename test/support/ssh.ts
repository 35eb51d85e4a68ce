import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Result, run } from './run-kit.ts';

/** Generates a key pair in `dir` and a cloud-config that authorises it and sets the hostname t1. */
export async function sshIdentity(dir: string): Promise<{ readonly key: string; readonly userData: string }> {
  const key = join(dir, 'id');
  const made = await run('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'kit-test', '-f', key]);
  if (made.status !== 0) throw new Error(`ssh-keygen failed: ${made.stderr}`);
  const userData = join(dir, 'user-data');
  const publicKey = (await readFile(`${key}.pub`, 'utf8')).trim();
  await writeFile(userData, `#cloud-config\nhostname: t1\nssh_authorized_keys:\n  - ${publicKey}\n`);
  return { key, userData };
}

/** The OpenSSH client with one key and without the user's configuration. */
export class SshClient {
  readonly port: number;
  readonly #options: readonly string[];
  readonly #within: readonly string[];

  /** @param within words of a command line before `ssh`, such as `nsenter --target 1 --net` */
  constructor(port: number, key: string, within: readonly string[] = []) {
    this.port = port;
    this.#within = within;
    const settings = {
      IdentitiesOnly: 'yes',
      StrictHostKeyChecking: 'no',
      UserKnownHostsFile: '/dev/null',
      LogLevel: 'ERROR',
    };
    this.#options = [
      '-F',
      'none',
      '-i',
      key,
      ...Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]),
    ];
  }

  ssh(...args: readonly string[]): Promise<Result> {
    return this.#run('ssh', '-p', 'root@127.0.0.1', ...args);
  }

  scp(...args: readonly string[]): Promise<Result> {
    return this.#run('scp', '-P', ...args);
  }

  #run(program: string, portFlag: string, ...args: readonly string[]): Promise<Result> {
    const [file = '', ...rest] = [...this.#within, program, ...this.#options, portFlag, String(this.port)];
    return run(file, [...rest, ...args]);
  }
}
