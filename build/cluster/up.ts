import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Context } from '../host/context.ts';
import { isLive, listMachines, type Machine } from '../machine/records/find.ts';
import type { Work } from '../work.ts';
import { Actor, type Done, type UpOptions } from './actor.ts';
import type { Cluster } from './file/cluster.ts';
import { fullName, indexesOf } from './file/cluster.ts';
import { switchAddress } from './file/subnets.ts';
import { clusterDir, loadState, lockCluster, machinesOf, saveState } from './folder.ts';
import { prepareImages, removeUnusedImages } from './images.ts';
import { isReady } from './is-ready.ts';
import { ensureSwitch } from './network/switches.ts';
import { type Addresses, assignAddresses, macOf } from './plan/addresses.ts';
import { type Difference, type Present, planCluster } from './plan/plan.ts';
import { wantedMachines } from './plan/wanted.ts';

export interface UpResult {
  /** What was done, in the order in which it was. */
  readonly done: readonly Done[];
  readonly differences: readonly Difference[];
}

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
  return {
    ...{ name, settings: member?.settings ?? {} },
    ...{ isLive: isLive(machine), isReady: await isReady(machine) },
  };
}
