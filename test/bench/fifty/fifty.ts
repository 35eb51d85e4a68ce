import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { kitRoot } from '../../../build/host/paths.ts';
import { MachineClient } from '../../../build/machine/client/client.ts';
import { boot, type TestMachine } from '../../support/machine.ts';
import { kit, run } from '../../support/run-kit.ts';
import { ProcessorTime } from './processor-time.ts';

const names = Array.from({ length: 50 }, (_, at) => `tiny-${at}`);

export interface Started {
  /** From the creation of the control socket until all containers run, by the machine's clock. */
  readonly seconds: number;
  /** Seconds of QEMU's processor time, with the start of the supervisor itself. */
  readonly processor: number;
}

/**
 * A machine with fifty services, each a shell that creates a mark and sleeps; `guest.ts` measures it from
 * inside.
 */
export class FiftyServices implements AsyncDisposable {
  readonly #machine: TestMachine;
  readonly #guest: string;

  constructor(machine: TestMachine, guest: string) {
    this.#machine = machine;
    this.#guest = guest;
  }

  /**
   * Boots it. @param backend `container` for a machine without a kernel of its own
   * @param keys of every service
   */
  static async boot(
    dir: string,
    backend: 'qemu' | 'container' = 'qemu',
    keys: object = {},
  ): Promise<FiftyServices> {
    const manifest = join(dir, 'fifty.yml');
    await writeFile(manifest, await manifestText(keys));
    const guest = await readFile(join(import.meta.dirname, 'guest.ts'), 'utf8');
    return new FiftyServices(await boot(manifest, { backend }), guest);
  }

  /** Seconds until a shell script has started fifty containers with ctr, `width` at a time. */
  async byHand(width: number): Promise<number> {
    return (await this.#ask<{ ms: number }>('by-hand', String(width))).ms / 1000;
  }

  /** Starts a new supervisor, which starts its fifty containers. */
  async supervised(): Promise<Started> {
    const processor = await ProcessorTime.of(this.#machine.dir);
    await processor.untilIdle();
    const before = await processor.seconds();
    await this.#exec('supervisor');
    await this.#allReady(processor);
    const used = (await processor.seconds()) - before;
    return { seconds: (await this.#ask<{ ms: number }>('marks')).ms / 1000, processor: used };
  }

  /** Asks once the machine is idle, since each answer costs time of the supervisor, which is measured. */
  async #allReady(processor: ProcessorTime): Promise<void> {
    using client = new MachineClient(this.#machine.dir);
    for (let round = 0; round < 100; round += 1) {
      await processor.untilIdle();
      const { services } = await client.status().catch(() => ({ services: [] }));
      if (services.length === names.length && services.every(({ state }) => state === 'ready')) return;
    }
    throw new Error(await this.#machine.describe('the services are not ready again'));
  }

  /** Stops every service, so that the supervisor does not interfere with `byHand`. */
  async stopAll(): Promise<void> {
    using client = new MachineClient(this.#machine.dir);
    // One by one: with fifty exits at once, an emulated machine does not answer.
    for (const name of names) await client.service('stopService', name);
  }

  /** Milliseconds from the kill of a service until its next process runs. */
  async deaths(): Promise<readonly number[]> {
    return (await this.#ask<{ times: number[] }>('deaths')).times;
  }

  /** Pss of PID 1 and the supervisor together in bytes, when they are idle. */
  async memory(): Promise<number> {
    await pause(15_000);
    // Not with a Node program: it would share pages with them and so reduce their Pss.
    const script =
      'cat $(grep -lE "/kit/(init|supervisor)/main" /proc/[0-9]*/cmdline | sed s/cmdline/smaps_rollup/)';
    const { stdout, stderr } = await kit('exec', this.#machine.name, '--host', 'sh', '-c', script);
    const shares = [...stdout.matchAll(/^Pss: +(\d+) kB/gm)].map(([, kib]) => Number(kib) * 1024);
    if (shares.length !== 2) throw new Error(`Expected two processes: ${stdout}${stderr}`);
    return shares.reduce((sum, bytes) => sum + bytes);
  }

  /** Bytes of memory that the machine has left, when it is idle. */
  async available(): Promise<number> {
    await pause(15_000);
    using client = new MachineClient(this.#machine.dir);
    return Number((await client.status()).memoryAvailable);
  }

  async #ask<T>(...words: string[]): Promise<T> {
    const { status, stdout, stderr } = await this.#exec(...words);
    if (status !== 0) throw new Error(await this.#machine.describe(`${words.join(' ')}: ${stderr}`));
    return JSON.parse(stdout);
  }

  #exec(...words: string[]) {
    const node = ['/usr/bin/node', '--input-type=module-typescript', '-', ...words];
    return run(join(kitRoot, 'kit'), ['exec', this.#machine.name, '--host', ...node], { input: this.#guest });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#machine[Symbol.asyncDispose]();
  }
}

/** Enables containerd's lease service, which ctr needs and kit's machines have disabled. */
async function manifestText(keys: object): Promise<string> {
  const config = await readFile(join(kitRoot, 'pkg/containerd/files/etc/containerd/config.toml'), 'utf8');
  const contents = config.replace('  "io.containerd.grpc.v1.leases",\n', '');
  const init = ['pkg/init', 'pkg/crun', 'pkg/containerd', 'pkg/supervisor', 'pkg/busybox'];
  return JSON.stringify({
    kernel: { image: 'pkg/kernel', cmdline: 'console=ttyS0' },
    init: [...init, join(import.meta.dirname, 'by-hand')],
    services: names.map((name) => ({ ...serviceOf(name), ...keys })),
    files: [{ path: 'etc/containerd/config.toml', contents }],
  });
}

function serviceOf(name: string): object {
  return {
    name,
    image: 'pkg/busybox',
    command: ['/usr/bin/sh', '-c', `: >/marks/${name}; exec sleep 100000`],
    binds: ['/run/marks:/marks'],
    runtime: { mkdir: ['/run/marks'] },
    stopSignal: 'SIGKILL',
  };
}
