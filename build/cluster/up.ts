import { join } from 'node:path';
import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import type { RunRequest } from '../backend/request/request.ts';
import type { Context } from '../host/context.ts';
import { MachineClient } from '../machine/client/client.ts';
import { readinessOf } from '../machine/client/readiness.ts';
import { stopMachine } from '../machine/lifecycle/stop.ts';
import { findMachine, isLive, listMachines, type Machine } from '../machine/records/find.ts';
import { removeFolder } from '../machine/records/remove.ts';
import { awaitReady, runDetached } from '../run/detached.ts';
import { prepareMachine } from '../run/prepare.ts';
import type { Work } from '../work.ts';
import { awaitCheck } from './check-machine.ts';
import type { Cluster } from './file/cluster.ts';
import { fullName, indexesOf } from './file/cluster.ts';
import { switchAddress } from './file/subnets.ts';
import { clusterDir, loadState, lockCluster, machinesOf, saveState } from './folder.ts';
import { prepareImages, removeUnusedImages } from './images.ts';
import { ensureSwitch, switchSocket } from './network/switches.ts';
import { type Addresses, assignAddresses, macOf } from './plan/addresses.ts';
import { type Action, type Difference, type Mode, type Present, planCluster } from './plan/plan.ts';
import { type WantedMachine, wantedMachines } from './plan/wanted.ts';

export interface UpOptions {
  readonly mode: Mode;
  /** How long one machine may take until it is ready and well, and as long to power off, in milliseconds. */
  readonly timeoutMs: number;
  /** Called when something was done with a machine. */
  readonly onDone: (name: string, action: Action['kind']) => void;
}

export interface UpResult {
  /** What was done, in the order in which it was. */
  readonly done: readonly { readonly name: string; readonly action: Action['kind'] }[];
  readonly differences: readonly Difference[];
}

/** How long a machine that runs may take to say whether it is ready, before a plan is made. */
const answerMs = 3000;

/**
 * Brings the machines of this host to what the cluster's file says. What runs as described stays.
 * @throws KitErrors with what failed; machines that were started run on
 */
export async function bringUp(
  cluster: Cluster,
  context: Context,
  work: Work,
  options: UpOptions,
): Promise<UpResult> {
  const lock = lockCluster(context.env, cluster.name);
  try {
    return await bringUpLocked(cluster, context, work, options);
  } finally {
    lock.release();
  }
}

async function bringUpLocked(
  cluster: Cluster,
  context: Context,
  work: Work,
  options: UpOptions,
): Promise<UpResult> {
  const { env } = context;
  await refuseOthers(cluster, env);
  const images = await prepareImages(cluster, context, work);
  const members = await machinesOf(env, cluster.name);
  const addresses = await settle(cluster, members, env);
  const wanted = wantedMachines(cluster, addresses, images);
  const present = await Promise.all(members.map(presentMachine));
  const { stages, differences } = planCluster(wanted, present, options.mode);
  const actor = new Actor(
    cluster,
    new Map(wanted.map((machine) => [machine.name, machine])),
    context,
    work,
    options,
  );
  for (const [at, stage] of stages.entries()) await actor.perform(stage, stages.slice(at + 1).flat().length);
  const used = (await machinesOf(env, cluster.name)).map(({ record }) => record.member?.settings.image ?? '');
  await removeUnusedImages(env, cluster.name, new Set([...used, ...wanted.map(({ image }) => image.digest)]));
  return { done: actor.done, differences };
}

/** Refuses a cluster of that name from another file, and machines that have names of its machines. */
async function refuseOthers({ name, file, groups }: Cluster, env: Context['env']): Promise<void> {
  const machines = await listMachines(env);
  const state = await loadState(env, name);
  const isUp = machines.some(({ record }) => record.member?.cluster === name);
  if (isUp && state && state.file !== file) {
    throw new KitError(`Cannot bring up cluster "${name}": its machines are those of "${state.file}"`, {
      hint: `kit down ${name} ends them; or give one of the two clusters another name`,
    });
  }
  const names = new Set(
    groups.flatMap((group) => indexesOf(group).map((index) => fullName(name, group.name, index))),
  );
  const other = machines.find(({ record }) => names.has(record.name) && record.member?.cluster !== name);
  if (!other) return;
  throw new KitError(
    `Cannot bring up cluster "${name}": machine "${other.record.name}" does not belong to it`,
    {
      hint: `kit rm --force ${other.record.name} removes that machine; or give the cluster another name`,
    },
  );
}

/** Decides and keeps the addresses, and has the switches run. */
async function settle(
  cluster: Cluster,
  members: readonly Machine[],
  env: Context['env'],
): Promise<Addresses> {
  const { name, file, networks, groups } = cluster;
  const state = await loadState(env, name);
  const present = members.flatMap(({ record: { member } }) =>
    member ? [`${member.group}-${member.index}`] : [],
  );
  const addresses = assignAddresses(cluster, state?.addresses ?? {}, new Set(present));
  await saveState(env, { name, file, groups: groups.map((group) => group.name), addresses });
  for (const [network, subnet] of Object.entries(networks)) {
    const entries = Object.entries(addresses[network] ?? {});
    const hosts = Object.fromEntries(
      entries.map(([machine, address]) => [macOf(name, machine, network), address]),
    );
    const lan = { server: switchAddress(subnet), prefix: subnet.prefix, hosts };
    await ensureSwitch(join(clusterDir(env, name), 'networks'), network, lan);
  }
  return addresses;
}

async function presentMachine(machine: Machine): Promise<Present> {
  const { name, member } = machine.record;
  const live = isLive(machine);
  return { name, settings: member?.settings ?? {}, isLive: live, isReady: live && (await isReady(machine)) };
}

async function isReady({ dir }: Machine): Promise<boolean> {
  using client = new MachineClient(dir);
  try {
    const status = await client.status(answerMs);
    return (
      readinessOf(status).kind === 'ready' && status.services.every(({ health }) => health !== 'unhealthy')
    );
  } catch {
    return false;
  }
}

/** Carries out the actions of a plan. */
class Actor {
  readonly done: { readonly name: string; readonly action: Action['kind'] }[] = [];
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
