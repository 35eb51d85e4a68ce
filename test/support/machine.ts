import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kitRoot, stateDir } from '../../build/host/paths.ts';
import { MachineClient } from '../../build/machine/client/client.ts';
import { openPty, spawnOnTerminal } from '../../lib/linux/terminal/pty.ts';
import { kit, type Result } from './run-kit.ts';

export interface ServiceRow {
  readonly name: string;
  readonly section: string;
  readonly state: string;
  readonly restarts: number;
  readonly pid: number;
  readonly lastExit: string;
  readonly memoryBytes: number;
  readonly processes: number;
}

export interface MachineRow {
  readonly name: string;
  readonly state: string;
  readonly uptimeS: number;
  readonly services: readonly ServiceRow[];
}

/** A temporary folder, removed at the end of its `await using`. */
export async function scratch(): Promise<{ readonly dir: string } & AsyncDisposable> {
  const dir = await mkdtemp(join(tmpdir(), 'kit-vm-'));
  return { dir, [Symbol.asyncDispose]: () => rm(dir, { recursive: true, force: true }) };
}

const newName = (): string => `test-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;

/** Two machines run side by side on two processors; an emulated one with two CPUs would take both. */
const oneCpu = ['--cpus', '1'];

/** A booted machine. Leaving the scope of its `await using` stops it. */
export class Machine implements AsyncDisposable {
  readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** Boots `image` (a manifest or the prefix of built files) and returns when every service is ready. */
  static async boot(image: string, args: readonly string[] = []): Promise<Machine> {
    const machine = new Machine(newName());
    const cpus = args.includes('--cpus') ? [] : oneCpu;
    const result = await kit('run', '--detach', '--name', machine.name, ...cpus, ...args, image);
    if (result.status !== 0) {
      const why = await machine.describe(`kit run failed with ${result.status}:\n${result.stderr}`);
      await machine[Symbol.asyncDispose]();
      throw new Error(why);
    }
    return machine;
  }

  /** Starts `kit run` on a terminal connected to the machine's console. Does not wait. */
  static onTerminal(
    image: string,
    args: readonly string[] = [],
  ): { machine: Machine; type(keys: string): void } {
    const machine = new Machine(newName());
    const pty = openPty({ rows: 40, columns: 200 });
    pty.stream.on('error', () => {}).resume();
    const all = ['run', '--name', machine.name, ...args, image];
    const env = Object.fromEntries(Object.entries(process.env).map(([key, value = '']) => [key, value]));
    spawnOnTerminal(pty.path, { file: join(kitRoot, 'kit'), args: all, env, cwd: kitRoot });
    return { machine, type: (keys) => void pty.stream.write(keys) };
  }

  async row(): Promise<MachineRow> {
    const { stdout, stderr } = await kit('ps', '--all', '--json');
    const rows = JSON.parse(stdout) as readonly MachineRow[];
    const row = rows.find(({ name }) => name === this.name);
    if (!row) throw new Error(`kit ps does not list ${this.name}: ${stdout}${stderr}`);
    return row;
  }

  async service(name: string): Promise<ServiceRow> {
    const row = await this.row();
    const service = row.services.find((candidate) => candidate.name === name);
    if (!service) throw new Error(await this.describe(`no service ${name} in ${JSON.stringify(row)}`));
    return service;
  }

  /**
   * Repeats `ask` until `check` is true; after a minute or `limitMs`, throws an error with the console's end.
   */
  async until<T>(
    what: string,
    ask: () => Promise<T>,
    check: (answer: T) => boolean,
    limitMs = 60_000,
  ): Promise<T> {
    const end = Date.now() + limitMs;
    for (;;) {
      const answer = await ask();
      if (check(answer)) return answer;
      if (Date.now() > end)
        throw new Error(await this.describe(`still not ${what}: ${JSON.stringify(answer)}`));
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }

  /** Runs a script with the machine's shell; resolves to its output whatever its status. */
  async host(script: string): Promise<string> {
    const { status, stdout, stderr } = await kit('exec', this.name, '--host', 'sh', '-c', script);
    return status === 0 ? stdout : `${stdout}${stderr}(status ${status})`;
  }

  /** Sends a command to the hypervisor. */
  async press(button: 'powerButton' | 'ctrlAltDel'): Promise<void> {
    using client = new MachineClient(this.dir);
    await client.monitor(button);
  }

  stop(): Promise<Result> {
    return kit('stop', this.name);
  }

  get dir(): string {
    return join(stateDir(process.env), 'machines', this.name);
  }

  console(): Promise<string> {
    return readFile(join(this.dir, 'console.log'), 'utf8').catch(
      (error: unknown) => `(no console: ${String(error)})`,
    );
  }

  /** Appends the end of the guest's console to a failure message. */
  async describe(message: string): Promise<string> {
    const lines = (await this.console()).split('\n').slice(-80).join('\n');
    return `${message}\n--- console of ${this.name} ---\n${lines}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await rm(this.dir, { recursive: true, force: true });
  }
}
