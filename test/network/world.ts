import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { kitRoot } from '../../build/host/paths.ts';
import { toolCommand } from '../../build/tools/command.ts';
import type { Tools } from '../../build/tools/tree.ts';
import { until } from '../support/until.ts';

const execute = promisify(execFile);

/** A running program and its output. */
export class NetworkProgram {
  readonly child: ChildProcess;
  output = '';

  constructor(child: ChildProcess) {
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => {
        this.output += text;
      });
    }
  }

  /** Waits until the output contains `times` matches. */
  prints(pattern: RegExp, times = 1): Promise<void> {
    const all = new RegExp(pattern, 'g');
    return until(`"${pattern}" ${times} times in:\n${this.output}`, () => {
      return [...this.output.matchAll(all)].length >= times;
    });
  }

  /** Stops it and resolves to its exit status, or -1 when the signal killed it. */
  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number> {
    this.child.kill(signal);
    return this.status();
  }

  async status(): Promise<number> {
    const exited = (): boolean => this.child.exitCode !== null || this.child.signalCode !== null;
    await until(`the exit of a program that printed:\n${this.output}`, exited);
    return this.child.exitCode ?? -1;
  }
}

/** Two network namespaces, for a client and for its servers; `end` removes both. */
export class NetworkWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'kit-network-'));
  readonly #tools: Tools;
  readonly #programs: NetworkProgram[] = [];
  #client = 0;
  #server = 0;

  constructor(tools: Tools) {
    this.#tools = tools;
  }

  static async make(tools: Tools): Promise<NetworkWorld> {
    const world = new NetworkWorld(tools);
    world.#client = await world.#namespace();
    world.#server = await world.#namespace();
    await world.ip('server', 'link set lo up');
    return world;
  }

  /** Starts a process that holds a new namespace; resolves to its pid. */
  async #namespace(): Promise<number> {
    const { pid } = this.#start('unshare', ['--net', '--uts', '--mount', 'sleep', 'infinity']).child;
    const ours = readlinkSync('/proc/self/ns/net');
    await until('a new namespace', () => readlinkSync(`/proc/${pid}/ns/net`) !== ours);
    return pid ?? 0;
  }

  #start(file: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env): NetworkProgram {
    const program = new NetworkProgram(spawn(file, args, { stdio: 'pipe', env }));
    this.#programs.push(program);
    return program;
  }

  /** Arguments of nsenter before those of a program that runs on this side. */
  within(side: 'client' | 'server'): string[] {
    const pid = side === 'client' ? this.#client : this.#server;
    return ['--target', String(pid), '--net', '--uts', '--mount'];
  }

  /** Runs a shell command in a namespace; resolves to its output. */
  async shell(side: 'client' | 'server', line: string): Promise<string> {
    return (await execute('nsenter', [...this.within(side), 'sh', '-c', line])).stdout;
  }

  /** Runs `ip` in a namespace; resolves to its output. */
  async ip(side: 'client' | 'server', command: string): Promise<string> {
    const { file, args, env } = toolCommand(this.#tools, 'ip', command.split(' '));
    return (await execute('nsenter', [...this.within(side), file, ...args], { env })).stdout;
  }

  /** Adds a veth pair; the server's interface is up and has `addresses`. */
  async cable(client: string, server: string, addresses: readonly string[]): Promise<void> {
    await this.ip('client', `link add ${client} type veth peer name ${server} netns ${this.#server}`);
    for (const address of addresses) await this.ip('server', `addr add ${address} dev ${server}`);
    await this.ip('server', `link set ${server} up`);
  }

  /** The same with a bad network in between: frames are lost, come twice, and in another order. */
  async badCable(client: string, server: string, addresses: readonly string[], seed: number): Promise<void> {
    await this.cable(client, 'far', []);
    await this.ip('server', `link add near type veth peer name ${server}`);
    for (const address of addresses) await this.ip('server', `addr add ${address} dev ${server}`);
    await this.ip('server', `link set ${server} up`);
    const relay = ['near', 'far', String(seed)];
    await this.node('server', [], 'test/network/bad-cable.ts', relay).prints(/connected/);
  }

  /** Starts a real DHCP server on one of the server's interfaces. */
  async dnsmasq(options: readonly string[], name = 'srv'): Promise<NetworkProgram> {
    const leases = join(this.folder, `leases-${this.#programs.length}`);
    const server = this.tool('server', this.#tools, 'dnsmasq', [
      ...['--no-daemon', '--conf-file=/dev/null', '--user=root', '--pid-file', '--port=0', '--no-ping'],
      ...['--dhcp-authoritative', `--dhcp-leasefile=${leases}`, `--interface=${name}`, '--bind-interfaces'],
      ...options,
    ]);
    await server.prints(/DHCP(v6)?, IP range/);
    return server;
  }

  /** Starts a program of a tree of tools in a namespace. */
  tool(
    side: 'client' | 'server',
    tools: Tools,
    program: string,
    args: readonly string[],
    more: Readonly<Record<string, string>> = {},
  ): NetworkProgram {
    const { file, args: all, env } = toolCommand(tools, program, args);
    return this.#start('nsenter', [...this.within(side), file, ...all], { ...env, ...more });
  }

  /** Starts kit's dhcp of the checkout with exactly the capabilities of its package. */
  dhcp(...args: readonly string[]): NetworkProgram {
    return this.#dhcp('services/dhcp/main.ts', args);
  }

  /** The same, whose timers SIGUSR2 stops. */
  stoppableDhcp(): NetworkProgram {
    return this.#dhcp('test/network/stoppable-dhcp.ts', []);
  }

  #dhcp(path: string, args: readonly string[]): NetworkProgram {
    const capabilities = '-all,+net_admin,+net_bind_service,+net_raw';
    const limits = [`--bounding-set=${capabilities}`, '--inh-caps=-all'];
    return this.node('client', limits, path, [
      ...['--resolv-conf', this.resolvConf, '--lease-dir', this.folder],
      ...['--state-dir', join(this.folder, 'state')],
      ...args,
    ]);
  }

  /** Starts a TypeScript program of the checkout in a namespace; `limits` are setpriv's arguments. */
  node(
    side: 'client' | 'server',
    limits: readonly string[],
    path: string,
    args: readonly string[],
  ): NetworkProgram {
    const node = [process.execPath, '--disable-warning=ExperimentalWarning', join(kitRoot, path), ...args];
    const command = limits.length === 0 ? node : ['setpriv', ...limits, ...node];
    return this.#start('nsenter', [...this.within(side), ...command]);
  }

  get resolvConf(): string {
    return join(this.folder, 'resolv.conf');
  }

  /** The lease file of an interface; undefined when there is none. */
  lease(name = 'eth0'): { address: string; server: string; expiresAtMs: number } | undefined {
    try {
      return JSON.parse(readFileSync(join(this.folder, `${name}.json`), 'utf8'));
    } catch {
      return undefined;
    }
  }

  async end(): Promise<void> {
    for (const { child } of this.#programs) child.kill('SIGKILL');
    await Promise.all(this.#programs.map((program) => program.status()));
    rmSync(this.folder, { recursive: true });
  }
}
