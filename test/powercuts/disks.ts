import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Tools } from '../../build/tools/tree.ts';
import { mount, unmount } from '../../lib/linux/mount/mount.ts';
import { programsOf } from '../disk-packages/programs.ts';
import { disksSubject } from './disks-subject.ts';
import { faults } from './faults.ts';
import { judge } from './judge.ts';
import { randomFrom } from './random.ts';
import { record } from './record.ts';
import { ReplayedDisk } from './replay.ts';
import { formatSubject, type Outcome, type Subject } from './subject.ts';
import { readWriteLog } from './write-log.ts';

export interface DiskOptions {
  /** Power cuts in all. */
  readonly times: number;
  /** Faults in all: writes that fail. */
  readonly faults: number;
  readonly seed: number;
  /** Text in the names of the disks that are tried; empty for all. */
  readonly only: string;
  /** Debian's programs for disks, and kit's tools tree. */
  readonly disks: Tools;
  readonly tools: Tools;
}

/** ext4 grows while it is mounted, for which roots of containers may lack CAP_SYS_RESOURCE. */
const subjects: readonly Subject[] = [
  formatSubject('ext4', 'dos', 24),
  formatSubject('ext4', 'gpt', 24),
  formatSubject('btrfs', 'gpt', 128),
  disksSubject('ext4', { partitioned: true, mib: [24] }),
  disksSubject('xfs', { partitioned: false, mib: [304] }),
  disksSubject('btrfs', { partitioned: true, mib: [264] }),
  disksSubject('ext4', { partitioned: false, encrypted: true, mib: [40] }),
  disksSubject('ext4', { partitioned: true, encrypted: true, mib: [40] }),
  disksSubject('xfs', { partitioned: true, mib: [304, 400] }),
  disksSubject('btrfs', { partitioned: false, mib: [264, 320] }),
];

/**
 * Records what disks are told while they are prepared and written to, and cuts the power at random moments:
 * all requests before the last flush are on the disk, of the later ones any, some torn. Then it repeats the
 * boot with writes that fail. Each time the next boot's decision and work are done on what is left.
 * @throws at the first disk that is not as it should be
 */
export async function tryDisks(options: DiskOptions, say: (line: string) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kit-powercuts-'));
  mount('tmpfs', folder, 'tmpfs', ['size=2g']);
  try {
    for (const [at, subject] of subjects.entries()) {
      if (!subject.name.includes(options.only)) continue;
      const place = join(folder, String(at));
      mkdirSync(place);
      const share = (all: number): number => Math.ceil(all / subjects.length);
      const own = { times: share(options.times), faults: share(options.faults), seed: options.seed + at };
      say(await trySubject(subject, { ...options, ...own }, place));
      rmSync(place, { recursive: true });
    }
  } finally {
    unmount(folder, { lazy: true });
    rmdirSync(folder);
  }
}

async function trySubject(
  subject: Subject,
  { times, faults: faultCount, seed, disks, tools }: DiskOptions,
  folder: string,
): Promise<string> {
  const run = programsOf(disks);
  const recording = await record(folder, subject, { run, tools });
  const log = readWriteLog(recording.log);
  const random = randomFrom(seed);
  const disk = new ReplayedDisk(log, recording.log, join(folder, 'replayed'), recording);
  const counts = Array.from({ length: times }, () => Math.floor(random() * (log.length + 1)));
  const seen = new Map<Outcome, number>();
  for (const count of counts.toSorted((a, b) => a - b)) {
    const copy = join(folder, 'copy');
    disk.cutAfter(count, copy, random);
    const files = recording.safe.filter(({ from }) => from <= count);
    const expected = { formatted: count >= recording.formattedFrom, files };
    const outcome = await judge(copy, subject, expected, { run, folder }).catch((thrown: unknown) => {
      const where = `cut after request ${count} of ${log.length}`;
      throw new Error(`${subject.name}, seed ${seed}, ${where}`, { cause: thrown });
    });
    seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
  }
  const cuts = `${times} cuts in ${log.length} requests: ${counted(seen)}`;
  const failed = await faults(folder, subject, { log, times: faultCount, random, run, tools }).catch(
    (thrown: unknown) => {
      throw new Error(`${subject.name}, seed ${seed}`, { cause: thrown });
    },
  );
  const text = faultCount === 0 ? '' : `; ${faultCount} faults: ${counted(failed)}`;
  return `${subject.name}, seed ${seed}: ${cuts}${text}`;
}

const counted = (seen: ReadonlyMap<string, number>): string =>
  [...seen].map(([outcome, number]) => `${number} ${outcome}`).join(', ');
