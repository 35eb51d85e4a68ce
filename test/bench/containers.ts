import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { kitRoot } from '../../build/host/paths.ts';
import { isRoot } from '../support/needs.ts';

type Record = (name: string, value: string, goal?: string) => void;

const kit = join(kitRoot, 'kit');
const rounds = 5;

/**
 * How long `kit run container --detach` takes for a built image until its services are ready. Root measures
 * both ways: in a user namespace of its own, kit does everything as for an ordinary user.
 */
export function containerRows(record: Record): void {
  const inNamespace = ['unshare', '--user', '--map-root-user'];
  const ways: readonly (readonly [who: string, before: readonly string[]])[] = isRoot
    ? [
        ['root', []],
        ['an ordinary user with one id', inNamespace],
      ]
    : [['an ordinary user', []]];
  for (const [who, before] of ways) {
    // The first run unpacks the layers.
    start(before);
    const times = Array.from({ length: rounds }, () => start(before)).toSorted((a, b) => a - b);
    const [best = 0, middle = 0, worst = 0] = [times[0], times[rounds >> 1], times.at(-1)];
    record(
      `minimal.yml as a container until ready, for ${who}`,
      `${middle.toFixed(1)} s (${best.toFixed(1)} to ${worst.toFixed(1)})`,
      '≤ 3 s',
    );
  }
}

/** Seconds. */
function start(before: readonly string[]): number {
  const name = `bench-${process.pid}`;
  const run = [...before, kit, 'run', 'container', '--detach', '--name', name, 'examples/minimal.yml'];
  const from = performance.now();
  const { status, stderr } = spawnSync(run[0] ?? kit, run.slice(1), { cwd: kitRoot, encoding: 'utf8' });
  const seconds = (performance.now() - from) / 1000;
  spawnSync(kit, ['stop', '--force', name], { cwd: kitRoot });
  if (status !== 0) throw new Error(`Cannot measure: ${stderr}`);
  return seconds;
}
