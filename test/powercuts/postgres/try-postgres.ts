import { copyFileSync, mkdirSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestMachine } from '../../../build/api/test.ts';
import type { Tools } from '../../../build/tools/tree.ts';
import { mount, unmount } from '../../../lib/linux/mount/mount.ts';
import { programsOf } from '../../disk-packages/programs.ts';
import { randomFrom } from '../random.ts';
import { ReplayedDisk } from '../replay.ts';
import { readWriteLog } from '../write-log.ts';
import { judgeRows } from './judge-rows.ts';
import { postgresRoot } from './postgres-root.ts';
import { bootDatabase, bootPatience, commitUntilCut, type RowRecording, recordRows } from './record-rows.ts';
import { askRows, checkRows } from './rows.ts';

export interface PostgresOptions {
  /** Cuts of the recorded disk. */
  readonly times: number;
  /** That are committed before the power is cut. */
  readonly rows: number;
  /** Boots of real machines, each after a cut. */
  readonly boots: number;
  readonly seed: number;
  readonly disks: Tools;
  readonly tools: Tools;
  readonly trees: readonly Tools[];
}

/**
 * Records a machine with a database under a stream of committed rows, cuts its power at random moments, and
 * lets a real PostgreSQL recover each of the disks; then it boots a machine on such a disk, and cuts its
 * power again and again. @throws at the first row that is lost
 */
export async function tryPostgres(options: PostgresOptions, say: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kit-powercuts-'));
  mount('tmpfs', folder, 'tmpfs', ['size=4g', 'mode=0755']);
  try {
    const recording = await recordRows(folder, options.rows, options.tools);
    const log = readWriteLog(recording.log);
    const random = randomFrom(options.seed);
    const cut = randomCuts(recording, log.length, options.times, random);
    const seen = new Map<string, number>();
    const place = { run: programsOf(options.disks), postgres: rootIn(folder, options.trees), folder };
    const disk = new ReplayedDisk(log, recording.log, join(folder, 'replayed'), recording);
    for (const count of cut) {
      const copy = join(folder, 'copy');
      disk.cutAfter(count, copy, random);
      const rows = rowsAt(recording, count);
      const expected = { ready: count >= recording.readyFrom, rows };
      const outcome = await judgeRows(copy, expected, place).catch((thrown: unknown) => {
        throw new Error(`seed ${options.seed}, cut after request ${count} of ${log.length}`, {
          cause: thrown,
        });
      });
      seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
    }
    const outcomes = [...seen].map(([outcome, number]) => `${number} ${outcome}`).join(', ');
    const total = `${recording.safe.length} rows, ${cut.length} cuts in ${log.length} requests`;
    say(`postgres, seed ${options.seed}: ${total}: ${outcomes}; no committed row is lost`);
    await tryBoots(recording, { ...options, random, folder }, say);
  } finally {
    unmount(folder, { lazy: true });
    rmdirSync(folder);
  }
}

/** A fifth of them while the disk and the database are made. */
function randomCuts(
  { readyFrom }: RowRecording,
  length: number,
  times: number,
  random: () => number,
): number[] {
  const between = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const cuts = Array.from({ length: times }, (_, at) =>
    at % 5 === 0 ? between(0, readyFrom) : between(readyFrom, length),
  );
  return cuts.toSorted((a, b) => a - b);
}

const rowsAt = ({ safe }: RowRecording, count: number): number[] =>
  safe.filter(({ from }) => from <= count).map(({ row }) => row);

function rootIn(folder: string, trees: readonly Tools[]) {
  const place = join(folder, 'postgres');
  mkdirSync(place);
  return postgresRoot(place, trees);
}

/** Boots on what a cut left of the recorded disk while the database was made, and then after further cuts. */
async function tryBoots(
  recording: RowRecording,
  { boots, random, folder }: PostgresOptions & { readonly random: () => number; readonly folder: string },
  say: (line: string) => void,
): Promise<void> {
  if (boots === 0) return;
  const log = readWriteLog(recording.log);
  const [replayed, copy] = [join(folder, 'replayed-again'), join(folder, 'booted')];
  const disk = new ReplayedDisk(log, recording.log, replayed, recording);
  disk.cutAfter(Math.floor(recording.readyFrom * (0.5 + random() / 2)), join(folder, 'cut'), random);
  copyFileSync(join(folder, 'cut'), copy);
  const safe: number[] = [];
  await using machine = await bootDatabase(copy);
  for (let boot = 1; ; boot += 1) {
    if (safe.length > 0) checkRows(await askMachine(machine), safe);
    if (boot === boots) break;
    // Of the rows that were on their way, any may be there.
    const first = Math.max(0, ...safe) + 10;
    const rows = 1 + Math.floor(random() * 50);
    await commitUntilCut(machine, { first, rows }, (row) => void safe.push(row));
    await machine.start(bootPatience);
  }
  const times =
    boots === 1 ? '1 boot of a machine after a power cut' : `${boots} boots of a machine after power cuts`;
  say(`postgres: ${times}, ${safe.length} rows committed, none of them lost`);
}

async function askMachine(machine: TestMachine): Promise<string> {
  const { status, stdout, stderr } = await machine.exec('psql', ['-qAtX', '-c', askRows], {
    service: 'postgres',
  });
  if (status !== 0) throw new Error(`psql: ${stderr}`);
  return stdout;
}
