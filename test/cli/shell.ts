import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { ProgramError } from '../../build/host/program.ts';
import { machineDir, machineFiles } from '../../build/machine/records/folder.ts';
import { writeRecord } from '../../build/machine/records/record.ts';
import { FakeGuest } from '../../build/machine/testing/fake-guest.ts';
import { testRecord } from '../../build/machine/testing/record.ts';
import { runTool, toolCommand } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { Service, StatusReply } from '../../lib/control/generated/control.ts';
import { openPty, spawnOnTerminal } from '../../lib/linux/terminal/pty.ts';
import { testSocket } from '../support/needs.ts';

/** As bash, zsh and fish take it. */
const quoted = (path: string): string => `'${path.replaceAll("'", "'\\''")}'`;

/** A home folder with kit in PATH, some files, and the machine t1, whose guest answers. */
export class ShellHome implements AsyncDisposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'kit-shell-'));
  readonly #tools: Tools;
  #guest: FakeGuest | undefined;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  static async make(tools: Tools): Promise<ShellHome> {
    const home = new ShellHome(tools);
    for (const path of ['web.yml', 'data/a file', 'pkg/x/build.yml', 'out/x']) home.write(path, '');
    mkdirSync(join(home.dir, 'bin'));
    symlinkSync(join(kitRoot, 'kit'), join(home.dir, 'bin/kit'));
    const machine = machineDir(home.env, 't1');
    mkdirSync(machine, { recursive: true });
    await writeRecord(machine, testRecord('t1'));
    home.#guest = await FakeGuest.listen(testSocket(machine, machineFiles.control));
    const service = Service.decode(new Uint8Array());
    const reply = StatusReply.decode(new Uint8Array());
    home.#guest.reply = {
      ...reply,
      services: [{ ...service, name: 'web', section: 'services', state: 'ready' }],
    };
    return home;
  }

  get env(): Record<string, string> {
    const at = (name: string): string => join(this.dir, name);
    return {
      ...{ HOME: this.dir, ZDOTDIR: this.dir, TERM: 'xterm', INPUTRC: '/dev/null', PS1: '$ ' },
      ...{ KIT_STATE: at('state'), KIT_CACHE: at('cache'), NODE_COMPILE_CACHE: at('compile') },
      ...{ XDG_CONFIG_HOME: at('config'), XDG_DATA_HOME: at('share'), XDG_CACHE_HOME: at('caches') },
    };
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.dir, path)), { recursive: true });
    writeFileSync(join(this.dir, path), text);
  }

  /** A file of the tools, quoted for the configuration of a shell. */
  tool(path: string): string {
    return quoted(join(this.#tools.dir, path));
  }

  /** A file of the home folder, quoted in the same way. */
  own(path: string): string {
    return quoted(join(this.dir, path));
  }

  /** Runs a shell of the tools to its end; gives what it prints. */
  async run(shell: string, ...args: string[]): Promise<string> {
    const { signal } = new AbortController();
    const env = { ...this.#environment(shell) };
    try {
      return (await runTool(this.#tools, shell, args, { signal, cwd: this.dir, env })).stdout;
    } catch (thrown) {
      throw thrown instanceof ProgramError ? new Error(`${thrown.message}\n${thrown.stdout}`) : thrown;
    }
  }

  /**
   * Types into a shell on a terminal until it has printed `end`. The shell runs what it reads in order, so
   * nothing depends on time.
   */
  async type(shell: string, args: readonly string[], keys: string, end: RegExp): Promise<RegExpExecArray> {
    const command = toolCommand(this.#tools, shell, args);
    const pty = openPty({ rows: 50, columns: 200 });
    const env = { ...command.env, ...this.#environment(shell) };
    const child = spawnOnTerminal(pty.path, { ...command, env, cwd: this.dir });
    let text = '';
    try {
      return await new Promise((resolve, reject) => {
        pty.stream.on('error', () => reject(new Error(`${shell} ended: ${JSON.stringify(text)}`)));
        pty.stream.on('data', (bytes) => {
          text += bytes;
          // The prompt of a shell that reads its keys from now on.
          if (keys !== '' && text.includes('READY>')) {
            pty.stream.write(keys);
            keys = '';
          }
          const found = end.exec(text);
          if (found) resolve(found);
        });
      });
    } finally {
      child.kill('SIGKILL');
      pty.stream.destroy();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#guest?.[Symbol.asyncDispose]();
    rmSync(this.dir, { recursive: true, force: true });
  }

  #environment(shell: string): Record<string, string> {
    const { PATH } = toolCommand(this.#tools, shell, []).env;
    return { ...this.env, PATH: `${join(this.dir, 'bin')}:${PATH}` };
  }
}
