import { FiftyServices, type Started } from './fifty.ts';

type Record = (name: string, value: string, goal?: string) => void;

/** What kit puts around a service by default, lifted: a container as LinuxKit has it. */
const open = {
  ...{ seccomp: 'unconfined', noNewPrivileges: false, maskedPaths: [], readonlyPaths: [] },
  rlimits: ['nofile,1024,1048576'],
  ...{ ipc: 'host', uts: 'host', userns: 'host' },
  resources: { pids: { limit: -1 }, memory: { limit: -1 } },
};

/** Time until a killed service runs again, natively in a container. */
export async function restartRow(dir: string, record: Record): Promise<void> {
  await using fifty = await FiftyServices.boot(dir, 'container');
  const times = await fifty.deaths();
  record(
    'service killed until it runs again, natively',
    `${middle(times).toFixed(0)} ms (at most ${Math.max(...times).toFixed(0)} of ${times.length})`,
    '≤ 300 ms',
  );
}

/**
 * Memory of init and supervisor, and start times compared with a shell script and ctr, alternating in one
 * machine. Without containment, which the script would not make.
 */
export async function startRows(dir: string, record: Record): Promise<void> {
  await using fifty = await FiftyServices.boot(dir, 'qemu', open);
  record(
    'init and supervisor with 50 services: Pss',
    `${((await fifty.memory()) / 1e6).toFixed(1)} MB`,
    '≤ 70 MB',
  );
  const supervised: number[] = [];
  const byHand = new Map<number, number[]>([1, 2, 3].map((width) => [width, []]));
  for (let round = 0; round < 3; round += 1) {
    await fifty.stopAll();
    for (const [width, times] of byHand) times.push(await fifty.byHand(width));
    supervised.push((await fifty.supervised()).seconds);
  }
  const [width = 0, fastest = []] = [...byHand].sort(([, a], [, b]) => middle(a) - middle(b))[0] ?? [];
  record('50 services by hand, one ctr after another', seconds(byHand.get(1) ?? []));
  record(`the same, ${width} ctr at a time, the fastest of 1, 2, 3`, seconds(fastest));
  record('the same by the supervisor', compared(supervised, fastest), '≤ 1.2 times');
}

/**
 * Start time and memory of fifty services with containment and without it, one machine after another. QEMU's
 * processor time is what tells them apart also on a host that is not quiet.
 */
export async function containmentRows(dir: string, record: Record): Promise<void> {
  const [without, contained] = [await measured(dir, open), await measured(dir, {})];
  record('50 services without containment', seconds(without.times));
  record('the same with it', compared(contained.times, without.times), '≤ 1.1 times');
  record("the same in QEMU's processor time, without", seconds(without.processor));
  record('with it', compared(contained.processor, without.processor), '≤ 1.1 times');
  const each = (without.available - contained.available) / 50;
  record('memory of the containment of a service', `${(each / 1e6).toFixed(2)} MB`, '≤ 1 MB');
}

const compared = (times: readonly number[], others: readonly number[]): string =>
  `${seconds(times)}, ${(middle(times) / middle(others)).toFixed(2)} times`;

interface Fifty {
  readonly times: readonly number[];
  readonly processor: readonly number[];
  readonly available: number;
}

async function measured(dir: string, keys: object): Promise<Fifty> {
  await using fifty = await FiftyServices.boot(dir, 'qemu', keys);
  const available = await fifty.available();
  const rounds: Started[] = [];
  for (let round = 0; round < 3; round += 1) {
    await fifty.stopAll();
    rounds.push(await fifty.supervised());
  }
  return {
    times: rounds.map((round) => round.seconds),
    processor: rounds.map((round) => round.processor),
    available,
  };
}

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const seconds = (times: readonly number[]): string =>
  `${middle(times).toFixed(1)} s (of ${times.map((time) => time.toFixed(1)).join(', ')})`;
