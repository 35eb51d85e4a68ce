import { mapCollectingErrors } from '../../../lib/errors/map-collecting-errors.ts';
import { jsonLine, visibleText } from '../../../lib/errors/visible.ts';
import type { Context } from '../../host/context.ts';

interface OutputOptions<Row> {
  /** Prints one JSON list at the end, instead of a line as soon as each machine is done. */
  readonly json: boolean | undefined;
  readonly text: (row: Row) => string;
}

/**
 * Runs `work` for several machines concurrently and prints the result of each. A failure does not stop the
 * others.
 * @throws all errors together
 */
export async function eachMachine<Row>(
  names: readonly string[],
  { stdout }: Pick<Context, 'stdout'>,
  { json, text }: OutputOptions<Row>,
  work: (name: string) => Promise<Row>,
): Promise<void> {
  const rows: Row[] = [];
  const running = [...new Set(names)].map(async (name) => {
    const row = await work(name);
    rows.push(row);
    if (!json) stdout.write(visibleText(text(row)));
  });
  // All are awaited below, one after the other; without this, a later one that rejects first would be
  // unhandled.
  for (const one of running) one.catch(() => {});
  try {
    await mapCollectingErrors(running, (one) => one);
  } finally {
    if (json) stdout.write(jsonLine(rows));
  }
}
