import type { Arch } from '../../host/arch.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import type { Integer64, Linux } from '../oci/oci-runtime.ts';
import { pageName } from '../oci/page-name.ts';
import type { Refusal, Subject } from './demand.ts';

type Resources = EffectiveEntry['resources'];

/** `resources:`: what cgroup v2 has (Documentation/admin-guide/cgroup-v2.rst), and the kernel accepts. */
export function resourceDemands({ entry, arch }: Subject): Refusal[] {
  const { memory = {}, cpu = {}, blockio = {}, hugepageLimits = [] } = entry.resources;
  return [
    ...ofVersion1(entry.resources),
    ...ofMemory(memory, entry.ociRuntime),
    ...ofCpu(cpu),
    ...ofWeight(blockio),
    ...ofHugePages(hugepageLimits, arch),
  ];
}

/** Limits of cgroup v1 that v2 does not have; their values for "no limit" ask for nothing. */
function ofVersion1({ memory = {}, cpu = {}, network = {} }: Resources): Refusal[] {
  const asked = (value: Integer64 | boolean | undefined): boolean =>
    typeof value === 'boolean' ? value : value !== undefined && value > 0;
  const rows: (readonly [path: string, asks: boolean, instead: string])[] = [
    ['memory.kernel', asked(memory.kernel), 'memory.limit covers memory of the kernel as well'],
    ['memory.kernelTCP', asked(memory.kernelTCP), 'memory.limit covers buffers of sockets as well'],
    ['memory.swappiness', memory.swappiness !== undefined, 'memory.swap limits what is swapped'],
    ['memory.disableOOMKiller', asked(memory.disableOOMKiller), 'oomScoreAdj: -1000 protects a process'],
    ['cpu.realtimeRuntime', asked(cpu.realtimeRuntime), 'cpu.quota, or rlimits: ["rttime,…"]'],
    ['cpu.realtimePeriod', asked(cpu.realtimePeriod), 'cpu.quota and cpu.period'],
    ['network.classID', asked(network.classID), 'match the cgroup in nftables'],
    ['network.priorities', (network.priorities ?? []).length > 0, 'match the cgroup in nftables'],
  ];
  return rows
    .filter(([, asks]) => asks)
    .map(([path, , instead]) => [
      ['resources', ...path.split('.')],
      `${path} is a limit of cgroup v1, which the machine does not have`,
      instead,
    ]);
}

/** With less, the runtime itself is killed: measured for crun; Docker's minimum for runc. */
const leastMemory = { crun: 1 << 20, runc: 6 << 20 } as const;

function ofMemory(
  { limit = 0, swap = 0 }: NonNullable<Resources['memory']>,
  runtime: EffectiveEntry['ociRuntime'],
): Refusal[] {
  const least = leastMemory[runtime];
  if (limit > 0 && limit < least)
    return [
      [['resources', 'memory', 'limit'], `${limit} bytes are too little: ${runtime} itself needs ${least}`],
    ];
  const path = ['resources', 'memory', 'swap'];
  if (swap > 0 && limit <= 0) return [[path, 'memory.swap needs memory.limit: it is the sum of both']];
  if (swap > 0 && swap < limit)
    return [[path, `memory.swap, ${swap}, is memory and swap together: at least memory.limit, ${limit}`]];
  return [];
}

/** Microseconds: min_cfs_quota_period and max_cfs_quota_period of kernel/sched/core.c. */
const periods = { least: 1000, most: 1_000_000 } as const;

/** The "List format" of cpuset(7). */
const cpuList = /^\s*\d+(?:-\d+(?::\d+\/\d+)?)?(?:\s*,\s*\d+(?:-\d+(?::\d+\/\d+)?)?)*\s*$/;

function ofCpu({ quota = 0, period = 0, cpus = '', mems = '' }: NonNullable<Resources['cpu']>): Refusal[] {
  const refused: Refusal[] = [];
  if (quota > 0 && quota < periods.least)
    refused.push([
      ['resources', 'cpu', 'quota'],
      `a quota of ${quota} µs is below the kernel's minimum, 1000`,
    ]);
  if (period > 0 && (period < periods.least || period > periods.most))
    refused.push([
      ['resources', 'cpu', 'period'],
      `a period of ${period} µs is outside the kernel's bounds, ${periods.least} to ${periods.most}`,
    ]);
  for (const [key, text] of Object.entries({ cpus, mems })) {
    if (text === '' || cpuList.test(text)) continue;
    refused.push([['resources', 'cpu', key], `"${text}" is not a list such as "0-2,5"`]);
  }
  return refused;
}

function ofWeight({ weight = 0, weightDevice = [] }: NonNullable<Resources['blockio']>): Refusal[] {
  const isOdd = (value: number): boolean => value > 0 && value < 10;
  const why = (value: number): string => `a weight of ${value} is below the kernel's minimum, 10`;
  const devices = weightDevice.flatMap(({ weight: own = 0 }, at): Refusal[] =>
    isOdd(own) ? [[['resources', 'blockio', 'weightDevice', at, 'weight'], why(own)]] : [],
  );
  return isOdd(weight) ? [[['resources', 'blockio', 'weight'], why(weight)], ...devices] : devices;
}

/** With pages of 4 KiB (Documentation/arch/arm64/hugetlbpage.rst). */
const pageSizes: Readonly<Record<Arch, readonly string[]>> = {
  amd64: ['2MB', '1GB'],
  arm64: ['64KB', '2MB', '32MB', '1GB'],
};

function ofHugePages(limits: NonNullable<Resources['hugepageLimits']>, arch: Arch): Refusal[] {
  return limits.flatMap(({ pageSize }, at): Refusal[] => {
    const name = pageName(pageSize);
    if (pageSizes[arch].includes(name)) return [];
    const why = `there are no huge pages of ${name} on ${arch}`;
    return [[['resources', 'hugepageLimits', at, 'pageSize'], why, pageSizes[arch].join(', ')]];
  });
}

/** Of cpu.shares, which the kernel's v1 clamped; the runtimes compute a weight out of bounds from others. */
const shares = { least: 2, most: 262_144 } as const;

/** Without values that ask for nothing, which crun refuses on cgroup v2 or takes for a limit. */
export function withUsableResources({
  memory,
  cpu,
  network,
  ...rest
}: Linux['resources']): Linux['resources'] {
  const parts = { memory: usableMemory(memory), cpu: usableCpu(cpu), network: undefined };
  return {
    ...rest,
    ...Object.fromEntries(Object.entries(parts).filter(([, part]) => part && Object.keys(part).length > 0)),
  };
}

type Part = Readonly<Record<string, unknown>>;

const without = (part: unknown, isNothing: (key: string, value: unknown) => boolean): Part =>
  Object.fromEntries(Object.entries((part ?? {}) as Part).filter(([key, value]) => !isNothing(key, value)));

const usableMemory = (memory: unknown): Part =>
  without(memory, (key, value) =>
    ['kernel', 'kernelTCP', 'disableOOMKiller'].includes(key) ? true : value === 0 && key !== 'swappiness',
  );

function usableCpu(cpu: unknown): Part {
  const asked = without(cpu, (key, value) => /^realtime/.test(key) || value === 0);
  const { shares: given } = asked as { readonly shares?: Integer64 };
  if (given === undefined) return asked;
  return {
    ...asked,
    shares: given < shares.least ? shares.least : given > shares.most ? shares.most : given,
  };
}
