import { join } from 'node:path';
import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import type { RunRequest } from '../backend/request/request.ts';
import type { Context } from '../host/context.ts';
import { stopMachine } from '../machine/lifecycle/stop.ts';
import { findMachine, isLive } from '../machine/records/find.ts';
import { removeFolder } from '../machine/records/remove.ts';
import { awaitReady, runDetached } from '../run/detached.ts';
import { prepareMachine } from '../run/prepare.ts';
import type { Work } from '../work.ts';
import { awaitCheck } from './check-machine.ts';
import type { Cluster } from './file/cluster.ts';
import { clusterDir } from './folder.ts';
import { switchSocket } from './network/switches.ts';
import type { Action, Mode } from './plan/plan.ts';
import type { WantedMachine } from './plan/wanted.ts';

export interface UpOptions {
  readonly mode: Mode;
  /** How long one machine may take until it is ready and well, and as long to power off, in milliseconds. */
  readonly timeoutMs: number;
  /** Called when something was done with a machine. */
  readonly onDone: (name: string, action: Action['kind']) => void;
}

/** What was done with a machine. */
export interface Done {
  readonly name: string;
  readonly action: Action['kind'];
}

/** Carries out the actions of a plan. */
export class Actor {
  readonly done: Done[] = [];
  readonly #cluster: Cluster;
  readonly #wanted: ReadonlyMap<string, WantedMachine>;
  readonly #context: Context;
  readonly #work: Work;
  readonly #options: UpOptions;

  constructor(
    cluster: Cluster,
    wanted: ReadonlyMap<string, WantedMachine>,
    context: Context,
    work: Work,
    options: UpOptions,
  ) {
    this.#cluster = cluster;
    this.#wanted = wanted;
    this.#context = context;
    this.#work = work;
    this.#options = options;
  }

  /** @param left how many actions would follow @throws KitErrors after all actions of the stage have ended */
  async perform(stage: readonly Action[], left: number): Promise<void> {
    this.#context.signal.throwIfAborted();
    const results = await Promise.allSettled(stage.map((action) => this.#one(action)));
    const errors = results.flatMap((result) =>
      result.status === 'rejected' ? [result.reason as unknown] : [],
    );
    this.#context.signal.throwIfAborted();
    const bug = errors.find((error) => !(error instanceof KitError));
    if (bug) throw bug;
    const failures = errors.filter((error) => error instanceof KitError);
    if (failures.length === 0) return;
    if (left > 0 && this.#options.mode === 'roll') {
      const one = left === 1 ? '1 machine is' : `${left} machines are`;
      failures.push(
        new KitError(`The update has stopped: ${one} left as before`, {
          hint: 'kit up --roll goes on where it stopped, once the cause is removed',
        }),
      );
    }
    throw new KitErrors(failures);
  }

  async #one({ kind, name }: Action): Promise<void> {
    if (kind === 'end' || kind === 'replace') await this.#end(name, kind === 'end');
    if (kind === 'start' || kind === 'replace') await this.#start(name);
    if (kind === 'wait')
      await awaitReady(await findMachine(this.#context.env, name), this.#context, this.#work, this.#waiting);
    if (kind !== 'end') await this.#check(name);
    this.done.push({ name, action: kind });
    this.#options.onDone(name, kind);
  }

  get #waiting(): { readonly timeoutMs: number; readonly allowFailed: false } {
    return { timeoutMs: this.#options.timeoutMs, allowFailed: false };
  }

  async #end(name: string, remove: boolean): Promise<void> {
    const { env } = this.#context;
    const machine = await findMachine(env, name);
    const { progress } = this.#work;
    const options = {
      notify: (text: string) => progress.line(text),
      timeoutMs: this.#options.timeoutMs,
      force: false,
    };
    if (isLive(machine)) await progress.task(`Stop machine ${name}`, () => stopMachine(machine, options));
    if (remove) await removeFolder(env, machine.dir);
  }

  async #start(name: string): Promise<void> {
    const machine = await prepareMachine(this.#request(this.#get(name)), this.#context, this.#work);
    await runDetached(machine, this.#context, this.#work, this.#waiting);
  }

  async #check(name: string): Promise<void> {
    const { check } = this.#get(name).group;
    if (!check) return;
    const { env, signal } = this.#context;
    await awaitCheck(await findMachine(env, name), check, this.#options.timeoutMs, signal);
  }

  #get(name: string): WantedMachine {
    const machine = this.#wanted.get(name);
    if (!machine) throw new Error(`machine ${name} is not in the plan`);
    return machine;
  }

  #request({ name, settings, group, index, image, publish, cards, metadata }: WantedMachine): RunRequest {
    const dir = clusterDir(this.#context.env, this.#cluster.name);
    const networks = join(dir, 'networks');
    return {
      ...{ backend: group.backend, image: image.path, format: 'kernel+initrd', name, publish },
      media: { as: undefined, firmware: undefined, writable: false },
      ...{ arch: undefined, cpus: group.cpus, memoryMiB: group.memoryMiB, networking: { kind: 'user' } },
      ports: cards.map(({ network, mac }) => ({ socket: switchSocket(networks, network), mac })),
      member: { cluster: this.#cluster.name, group: group.name, index, settings },
      disks: group.disks.map(({ serial, sizeBytes }) => ({
        ...{ path: join(dir, 'disks', name, `${serial}.img`), format: 'raw', sizeBytes, serial },
      })),
      data: metadata === undefined ? undefined : { data: Buffer.from(metadata) },
      ...{ shares: [], cd: undefined, accel: 'auto', firmwareFile: undefined, state: undefined },
      ...{ hardware: undefined, smbios: [], usb: false, tpm: false, devices: [] },
    };
  }
}
