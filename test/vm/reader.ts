import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { machinesDir } from '../../build/machine/records/folder.ts';
import { freePort } from '../support/free-port.ts';
import { type Result, run } from '../support/run-kit.ts';
import { testTools } from '../support/tools.ts';
import { writeWrapper } from '../support/wrapper.ts';

/** Puts programs that pages use, `kit` and `curl`, into a new folder `bin`. @returns that folder */
export async function readersPrograms(dir: string): Promise<string> {
  const bin = join(dir, 'bin');
  await mkdir(bin);
  await writeFile(join(bin, 'kit'), `#!/bin/sh\nexec '${join(kitRoot, 'kit')}' "$@"\n`, { mode: 0o755 });
  await writeWrapper(await testTools(), 'curl', bin);
  return bin;
}

/** Who follows a page, with a folder and machines of their own. */
export class Reader implements AsyncDisposable {
  readonly dir: string;
  readonly #state: string;
  readonly #variables: readonly string[];

  /** @param bin a folder of programs @param variables of the environment, such as `HOME=/tmp/x` */
  constructor(dir: string, bin: string, variables: readonly string[] = []) {
    this.dir = dir;
    this.#state = join(dir, '.state');
    this.#variables = [`PATH=${bin}:${process.env.PATH}`, `KIT_STATE=${this.#state}`, ...variables];
  }

  async write(file: string, text: string): Promise<void> {
    const target = join(this.dir, file);
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text);
  }

  /** @param text what is typed: a line, or a script */
  type(text: string): Promise<Result> {
    return run('env', [...this.#variables, 'sh', '-c', text], { cwd: this.dir });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const names = await readdir(machinesDir({ KIT_STATE: this.#state })).catch(() => []);
    for (const name of names) await this.type(`kit stop --force ${name}; kit rm --force ${name}`);
  }
}

/** Takes ports of this host, which machines know as 10.0.2.2, that are free in place of those of the page. */
export async function withFreePorts(commands: string): Promise<(text: string) => string> {
  const ports = new Map<string, number>();
  for (const [, port = ''] of commands.matchAll(/--publish (\d+):/g)) ports.set(port, await freePort());
  return (text) =>
    text.replace(
      /(--publish |localhost:|10\.0\.2\.2:|ssh -p )(\d+)/g,
      (found, before: string, port: string) => (ports.has(port) ? `${before}${ports.get(port)}` : found),
    );
}
