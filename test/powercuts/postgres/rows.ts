import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { kitRoot } from '../../../build/host/paths.ts';

/** Tables of which each transaction writes both, and a question whose answer shows what is lost. */
export const makeTables =
  'CREATE TABLE IF NOT EXISTS a (n int PRIMARY KEY, filler text); CREATE TABLE IF NOT EXISTS b (n int)';

/** Answers with one line: the rows of both tables, and how many are in only one of them. */
export const askRows =
  "SELECT coalesce(string_agg(a.n::text, ' ' ORDER BY a.n) FILTER (WHERE b.n IS NOT NULL), '') || ' halves ' || " +
  'count(*) FILTER (WHERE a.n IS NULL OR b.n IS NULL) FROM a FULL JOIN b USING (n)';

/** A transaction, after which psql prints its number. */
const insert = (row: number): string =>
  `BEGIN; INSERT INTO a VALUES (${row}, repeat(md5('${row}'), 20)); INSERT INTO b VALUES (${row}); COMMIT; ` +
  // What comes after a checkpoint writes pages that are on the disk already, and may be torn.
  `SELECT ${row};${row % rowsPerCheckpoint === 0 ? ' CHECKPOINT;' : ''}\n`;

const rowsPerCheckpoint = 40;

/**
 * Commits rows one after another until psql ends, as it does when the machine does.
 * @param next the number of the next row @param committed is told each row whose COMMIT has returned
 */
export async function commitRows(
  machine: string,
  next: () => number,
  committed: (row: number) => void,
): Promise<void> {
  const args = ['exec', machine, 'postgres', 'psql', '-qAtX', '-v', 'ON_ERROR_STOP=1'];
  const child = spawn(join(kitRoot, 'kit'), args, { stdio: ['pipe', 'pipe', 'ignore'] });
  child.stdin.on('error', () => {});
  const ended = once(child, 'close');
  child.stdin.write(insert(next()));
  for await (const line of createInterface(child.stdout)) {
    committed(Number(line));
    child.stdin.write(insert(next()));
  }
  await ended;
}

/** @param answer that to `askRows` @throws which rows are lost, or in one table only */
export function checkRows(answer: string, expected: readonly number[]): void {
  const [, rows = '', halves] = /^([\d ]*) ?halves (\d+)$/.exec(answer.trim()) ?? [];
  if (halves !== '0') throw new Error(`transactions by halves: ${answer.slice(-300)}`);
  const found = new Set(rows.trim().split(' ').map(Number));
  const lost = expected.filter((row) => !found.has(row));
  if (lost.length > 0)
    throw new Error(`${lost.length} of ${expected.length} rows are lost: ${lost.join(' ')}`);
}
