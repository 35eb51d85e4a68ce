import { setTimeout as sleep } from 'node:timers/promises';
import type { Tools } from '../../build/tools/tree.ts';
import { type NetworkProgram, NetworkWorld } from '../network/world.ts';
import type { CloudQuestion } from './cloud-program.ts';
import { fakeClouds } from './fake-clouds.ts';
import type { MachineQuestion, Told } from './machine-program.ts';

/** Nothing that a test waits for in vain depends on how busy the host is. */
export const patient = { contactMs: 60_000, totalMs: 60_000, totalBytes: 1 << 24 };

/**
 * A machine in one network namespace, with exactly the capabilities of pkg/metadata-cloud, and clouds on
 * their real addresses in another. One program each: to start Node takes longer than all that it is asked.
 */
export class CloudWorld {
  readonly #world: NetworkWorld;
  readonly #machine: NetworkProgram;
  readonly #clouds: NetworkProgram;

  constructor(world: NetworkWorld) {
    this.#world = world;
    const limits = ['--bounding-set=-all,+net_bind_service', '--inh-caps=-all'];
    this.#machine = world.node('client', limits, 'test/metadata/machine-program.ts', []);
    this.#clouds = world.node('server', [], 'test/metadata/cloud-program.ts', []);
  }

  static async make(tools: Tools): Promise<CloudWorld> {
    const world = await NetworkWorld.make(tools);
    const addresses = Object.values(fakeClouds).flatMap((cloud) => cloud.addresses);
    const all = [...new Set(addresses)].map((address) => `${address}/32`);
    await world.cable('eth0', 'srv', ['10.0.2.2/24', ...all]);
    await world.ip('client', 'link set eth0 up');
    await world.ip('client', 'addr add 10.0.2.15/24 dev eth0');
    await world.ip('client', 'route add default via 10.0.2.2');
    return new CloudWorld(world);
  }

  /** Runs `ip` for the machine, or for its clouds. */
  ip(side: 'client' | 'server', command: string): Promise<string> {
    return this.#world.ip(side, command);
  }

  /** Ends the cloud that runs, and starts this one. */
  async cloud(question: CloudQuestion): Promise<void> {
    await askProgram(this.#clouds, question);
  }

  async ask(question: MachineQuestion): Promise<Told> {
    return (await askProgram(this.#machine, question)) as Told;
  }

  end(): Promise<void> {
    return this.#world.end();
  }
}

/** The answer is the next line of JSON that the program prints. */
async function askProgram(program: NetworkProgram, question: unknown): Promise<unknown> {
  const { child } = program;
  const answers = (): string[] => program.output.match(/^\{.*\}(?=\n)/gm) ?? [];
  const { length } = answers();
  child.stdin?.write(`${JSON.stringify(question)}\n`);
  while (answers().length === length) {
    if (child.exitCode !== null) throw new Error(`The program ended: ${program.output}`);
    await sleep(10);
  }
  return JSON.parse(answers()[length] ?? '');
}
