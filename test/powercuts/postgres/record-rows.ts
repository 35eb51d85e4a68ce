import { bootMachine, type TestMachine } from '../../../build/api/test.ts';
import { kitRoot } from '../../../build/host/paths.ts';
import type { Tools } from '../../../build/tools/tree.ts';
import { reasonOf } from '../../../lib/errors/errors.ts';
import { exportDisk } from '../exported-disk.ts';
import { loggedCount } from '../write-log.ts';
import { commitRows, makeTables } from './rows.ts';

/** A machine with a database that rows were committed to, with all that its disk was told. */
export interface RowRecording {
  readonly log: string;
  readonly bytes: number;
  /** From this request on the database is there: it was ready. */
  readonly readyFrom: number;
  /** From this request on a row is safe: its COMMIT had returned. */
  readonly safe: readonly { readonly row: number; readonly from: number }[];
}

/** Of the disk, in MiB. */
export const diskMib = 512;

/** In an emulated machine, the first start takes a minute of processor time. */
export const bootPatience = { timeoutMs: 600_000 };

/** examples/postgres.yml with this disk. */
export const bootDatabase = (disk: string): Promise<TestMachine> =>
  bootMachine('examples/postgres.yml', {
    ...{ cwd: kitRoot, cpus: 1, disks: [`${disk},serial=kit-data`], ...bootPatience },
  });

/** Runs the machine on an empty disk behind blklogwrites until rows are committed, and cuts its power. */
export async function recordRows(folder: string, rows: number, tools: Tools): Promise<RowRecording> {
  const bytes = diskMib * 2 ** 20;
  await using disk = await exportDisk(folder, bytes, { kind: 'logs' }, tools);
  await using machine = await bootDatabase(disk.shown);
  const readyFrom = loggedCount(disk.log);
  const safe: { row: number; from: number }[] = [];
  await commitUntilCut(machine, { first: 1, rows }, (row) => {
    safe.push({ row, from: loggedCount(disk.log) });
  });
  return { log: disk.log, bytes, readyFrom, safe };
}

/**
 * Commits rows over two connections, and cuts the power when so many are committed, while further ones are on
 * their way. @param first the number of the first row
 */
export async function commitUntilCut(
  machine: TestMachine,
  { first, rows }: { readonly first: number; readonly rows: number },
  committed: (row: number) => void,
): Promise<void> {
  await machine.until(
    'with tables',
    () => machine.exec('psql', ['-qX', '-c', makeTables], { service: 'postgres' }).catch(reasonOf),
    (made) => typeof made !== 'string' && made.status === 0,
    { timeoutMs: 300_000 },
  );
  let [row, left] = [first, rows];
  const next = (): number => row++;
  let cut: Promise<void> | undefined;
  const count = (one: number): void => {
    committed(one);
    left -= 1;
    if (left === 0) cut = machine.cutPower();
  };
  // The connection to the guest of a busy host may be lost: what was committed stays so.
  const keepOn = async (): Promise<void> => {
    for (let tries = 0; tries < 10 && !cut; tries += 1) await commitRows(machine.name, next, count);
  };
  await Promise.all([keepOn(), keepOn()]);
  if (!cut) throw new Error(`psql ended when ${rows - left} of ${rows} rows were committed`);
  await cut;
}
