import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { kitRoot } from '../../build/host/paths.ts';
import { type BootTimes, bootTimes } from '../../build/machine/boot-chart/boot-times.ts';
import { MachineClient } from '../../build/machine/client/client.ts';
import { boot } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';
import { mega } from './measure.ts';

type Row = (name: string, value: string, goal?: string) => void;

/** What is promised of an example; others have no goals. */
const goals: Readonly<
  Record<string, { readonly bytes: string; readonly ready: string; readonly memory: string }>
> = {
  'sshd.yml': { bytes: '≤ 78 MB', ready: '≤ 11 s, TCG', memory: '≤ 200 MiB' },
  'lean.yml': { bytes: '≤ 50 MB', ready: '≤ 9 s, TCG', memory: '≤ 160 MiB' },
};

/** Kernel and initrd of a manifest. */
export async function imageRow(dir: string, manifest: string, record: Row): Promise<void> {
  const { status, stderr } = await kit('build', '--dir', dir, '--name', 'boots', join(kitRoot, manifest));
  if (status !== 0) throw new Error(stderr);
  const files = ['boots-kernel', 'boots-initrd.img'].map((file) => stat(join(dir, file)));
  const [kernel = 0, initrd = 0] = (await Promise.all(files)).map(({ size }) => size);
  const sum = `${mega(kernel)} + ${mega(initrd)} = ${mega(kernel + initrd)}`;
  const name = basename(manifest);
  record(`${name}: kernel + initrd`, sum, goals[name]?.bytes);
}

/** Guest time and memory of a manifest's machine: of three boots, the medians. */
export async function bootRows(manifest: string, record: Row): Promise<void> {
  const name = basename(manifest);
  const goal = goals[name];
  const boots: BootTimes[] = [];
  for (let round = 0; round < 3; round += 1) boots.push(await oneBoot(manifest));
  const seconds = (of: (times: BootTimes) => number | null): string => row(boots, of, 1000, 's');
  const mebibytes = (of: (times: BootTimes) => number | null): string => row(boots, of, 2 ** 20, 'MiB');
  record(`${name}: guest time of the kernel`, seconds(lasted('kernel')));
  record(`${name}: guest time of stage 1`, seconds(lasted('stage 1')));
  const ready = seconds(({ readyMs }) => readyMs);
  record(`${name}: guest time until services are ready`, ready, goal?.ready);
  record(
    `${name}: memory in use when they are ready`,
    mebibytes(({ memory }) => memory.atReadyBytes),
  );
  record(
    `${name}: memory in use 30 s later`,
    mebibytes(({ memory }) => memory.nowBytes),
    goal?.memory,
  );
}

async function oneBoot(manifest: string): Promise<BootTimes> {
  await using machine = await boot(manifest, { metadata: '#cloud-config\nhostname: bench\n' });
  // By then everything that is given back after a boot has been.
  await pause(30_000);
  using client = new MachineClient(machine.dir);
  return await bootTimes(client, machine.name);
}

/** How long a phase lasted. */
const lasted =
  (phase: string) =>
  ({ bars }: BootTimes): number | null => {
    const bar = bars.find(({ kind, name }) => kind === 'phase' && name === phase);
    return bar?.endMs == null ? null : bar.endMs - bar.startMs;
  };

/** The median, and all values: `13.0 s (of 12.9, 13.8, 13.0)`. */
function row(
  boots: readonly BootTimes[],
  of: (times: BootTimes) => number | null,
  unit: number,
  unitName: string,
): string {
  const values = boots.map((times) => (of(times) ?? Number.NaN) / unit);
  const middle = values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
  return `${middle.toFixed(1)} ${unitName} (of ${values.map((value) => value.toFixed(1)).join(', ')})`;
}
