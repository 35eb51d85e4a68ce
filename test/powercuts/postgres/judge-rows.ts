import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { volumesFolder } from '../../../lib/bundle/disks.ts';
import type { RunProgram } from '../../../lib/disks/run-program.ts';
import { attachLoop } from '../../../lib/linux/mount/loop.ts';
import { unmount } from '../../../lib/linux/mount/mount.ts';
import { isMounted } from '../../../lib/linux/mount/mountinfo.ts';
import { places } from '../../../services/postgres/places.ts';
import { disksSubject } from '../disks-subject.ts';
import type { Outcome } from '../subject.ts';
import type { PostgresRoot } from './postgres-root.ts';
import { diskMib } from './record-rows.ts';
import { askRows, checkRows } from './rows.ts';

/** What has to be true after a power cut. */
export interface ExpectedRows {
  /** The database was there. */
  readonly ready: boolean;
  readonly rows: readonly number[];
}

/** The disk of examples/postgres.yml. */
const subject = disksSubject('ext4', { partitioned: true, mib: [diskMib] });

/**
 * Mounts a disk as the next boot does, and lets a real PostgreSQL recover what is on it. @throws what is lost
 */
export async function judgeRows(
  file: string,
  { ready, rows }: ExpectedRows,
  { run, postgres, folder }: { run: RunProgram; postgres: PostgresRoot; folder: string },
): Promise<Outcome> {
  const target = join(folder, 'after');
  const loop = attachLoop(file, { writable: true, partitions: true, sectorBytes: 512 });
  try {
    await run('partx', ['--update', loop.device]);
    const mounted = await subject.boot(loop.device, target, run);
    const base = join(target, volumesFolder, 'db');
    // What initdb left behind that was cut off has another name.
    if (mounted === 'has its data' && existsSync(join(base, 'data'))) {
      await checkDatabase(base, rows, postgres);
      return mounted;
    }
    if (ready) throw new Error(`the database was there, and the disk ${mounted} without it`);
    return 'starts anew';
  } finally {
    if (isMounted(target)) unmount(target);
    await subject.end();
    loop.close();
  }
}

async function checkDatabase(base: string, rows: readonly number[], postgres: PostgresRoot): Promise<void> {
  // Before the first row was committed there may be no tables.
  const question = rows.length > 0 ? askRows : 'SELECT 1';
  const server = ['--single', '-c', 'exit_on_error=on', '-D', places.data, 'postgres'];
  const answer = await postgres.run(base, 'postgres', server, `${question}\n`);
  if (answer.status !== 0) throw new Error(`postgres: ${answer.stderr}`);
  // `\t 1: ?column? = "1 2 3 halves 0"\t(typeid = 25, …`
  const [, text = ''] = /^\s+1: \S+ = "(.*)"\s+\(typeid/m.exec(answer.stdout) ?? [];
  if (rows.length > 0) checkRows(text, rows);
  const checked = await postgres.run(base, 'pg_checksums', ['--check', '-D', places.data]);
  if (checked.status !== 0) throw new Error(`pg_checksums: ${checked.stdout}${checked.stderr}`);
}
