import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bootMachine, type MachineOptions, type TestMachine } from '../../../build/api/test.ts';
import { kitRoot } from '../../../build/host/paths.ts';
import type { Tools } from '../../../build/tools/tree.ts';
import { mount, unmount } from '../../../lib/linux/mount/mount.ts';
import { shell } from '../../support/machine.ts';
import { kit } from '../../support/run-kit.ts';
import { randomFrom } from '../random.ts';
import { KilledDisk } from './killed-disk.ts';

export interface MachinesOptions {
  /** Machines that are killed. */
  readonly times: number;
  readonly seed: number;
  /** kit's tools tree. */
  readonly tools: Tools;
}

/** Sizes in MiB, at first and once they have grown. */
const sizes = { data: [64, 128], vault: [64, 128], logs: [304, 400] } as const;
const mounts = Object.keys(sizes);

type Work = 'made' | 'grown';

/** Two machines are killed while disks are made, and two while they grow. */
const killsOfLife = 4;

/**
 * Kills QEMU while a machine makes, grows and mounts its disks, one of them encrypted, at a random one of
 * the requests that this boot has; what was not flushed by then may be lost. After two such boots the third
 * has to make or grow all of them, with all that was on them. @throws what is lost
 */
export async function tryMachines(
  { times, seed, tools }: MachinesOptions,
  say: (line: string) => void,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kit-powercuts-'));
  mount('tmpfs', folder, 'tmpfs', ['size=4g', 'mode=0755']);
  try {
    const image = join(folder, 'killed');
    const built = await kit('build', '--dir', folder, join(kitRoot, 'test/powercuts/machines/killed.yml'));
    if (built.status !== 0) throw new Error(built.stderr);
    const random = randomFrom(seed);
    const moments: string[] = [];
    for (let life = 0; life * killsOfLife < times; life += 1) {
      const place = join(folder, `life-${life}`);
      mkdirSync(place);
      await using disks = new Disks(place, image, random, tools);
      moments.push(...(await disks.live()));
      rmSync(place, { recursive: true });
    }
    say(`machines, seed ${seed}: ${moments.length} killed (${moments.join('; ')}), nothing is lost`);
  } finally {
    unmount(folder, { lazy: true });
    rmdirSync(folder);
  }
}

/** The disks of one machine, from the day on which they are empty. */
class Disks implements AsyncDisposable {
  readonly #disks: readonly KilledDisk[];
  readonly #image: string;
  readonly #random: () => number;

  constructor(folder: string, image: string, random: () => number, tools: Tools) {
    this.#disks = Object.entries(sizes).map(([serial, [mib]]) => new KilledDisk(folder, serial, mib, tools));
    this.#image = image;
    this.#random = random;
  }

  /** @returns when its machines were killed */
  async live(): Promise<string[]> {
    const moments = [await this.#kill('made'), await this.#kill('made')];
    await this.#boot(async (machine) => {
      const names = mounts.map((name) => `/var/${name}`).join(' ');
      await expectOutput(machine, `for m in ${names}; do grep -c " $m " /proc/mounts; done`, '1\n1\n1\n');
      await expectOutput(machine, `for m in ${names}; do echo "of $m" >$m/kept; done; sync`, '');
    });
    for (const [at, disk] of this.#disks.entries()) disk.grow(Object.values(sizes)[at]?.[1] ?? 0);
    moments.push(await this.#kill('grown'), await this.#kill('grown'));
    await this.#boot(async (machine) => {
      await expectOutput(
        machine,
        'cat /var/data/kept /var/vault/kept /var/logs/kept',
        'of /var/data\nof /var/vault\nof /var/logs\n',
      );
      const larger = Object.entries(sizes).map(
        ([name, [before]]) => `$(df -m /var/${name} | awk 'NR == 2 {print ($2 > ${before})}')`,
      );
      await expectOutput(machine, `echo ${larger.join(' ')}`, '1 1 1\n');
      neverFormatted(await machine.console());
    });
    return moments;
  }

  /** Boots until a random one of its requests, and kills it there. */
  async #kill(work: Work): Promise<string> {
    const whole = await this.#rehearse();
    const after = 1 + Math.floor(this.#random() * whole);
    await using machine = await this.#start({ wait: 'started' });
    const isUp = async (): Promise<boolean> => (await machine.console()).includes('kit: ready');
    while (this.#requests() < after && !(await isUp())) await pause(20);
    await machine.cutPower();
    const counts = this.#disks.map((disk) => `${disk.serial} ${disk.requests()}`).join(', ');
    await this.#lose();
    if (work === 'grown') neverFormatted(await machine.console());
    return `${work}, request ${after} of ${whole}: ${counts}`;
  }

  /**
   * The same boot as the next one, whole, of which the disks keep nothing. How many requests it has depends
   * on what the last kill left: about 500 on empty disks, fewer than 200 on disks that are nearly made.
   * @returns requests
   */
  async #rehearse(): Promise<number> {
    await using machine = await this.#start({ timeoutMs: 600_000 });
    await machine.cutPower();
    const requests = this.#requests();
    for (const disk of this.#disks) await disk.revert();
    return requests;
  }

  /** Requests to all disks since they were attached. */
  #requests(): number {
    return this.#disks.reduce((sum, disk) => sum + disk.requests(), 0);
  }

  /** A whole boot, after which the power is cut. */
  async #boot(use: (machine: TestMachine) => Promise<void>): Promise<void> {
    await using machine = await this.#start({ timeoutMs: 600_000 });
    await use(machine);
    await machine.cutPower();
    await this.#lose();
  }

  async #start(options: MachineOptions): Promise<TestMachine> {
    const disks: string[] = [];
    for (const disk of this.#disks) disks.push(await disk.attach());
    return bootMachine(this.#image, { cpus: 1, cwd: kitRoot, disks, ...options });
  }

  async #lose(): Promise<void> {
    for (const disk of this.#disks) await disk.lose(this.#random);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const disk of this.#disks) await disk.end();
  }
}

async function expectOutput(machine: TestMachine, script: string, wanted: string): Promise<void> {
  const output = await shell(machine, script);
  if (output !== wanted)
    throw new Error(await machine.describe(`"${script}" printed ${JSON.stringify(output)}`));
}

function neverFormatted(console: string): void {
  const [line] = /.*(?:is formatted|is encrypted).*/.exec(console) ?? [];
  if (line) throw new Error(`a disk with data is made anew: ${line}`);
}
