import { mapCollectingErrors } from '../../../lib/errors/map-collecting-errors.ts';
import type { Context } from '../../host/context.ts';

interface Shown<Row> {
  /** As one list, when all have come to an end; else each when it has. */
  readonly json: boolean | undefined;
  readonly text: (row: Row) => string;
}

/**
 * Does the work for several machines at once, and prints what came of each. Those that fail do not keep the others from it.
 * @throws everything that went wrong, together
 */
export async function eachMachine<Row>(
  names: readonly string[],
  { stdout }: Pick<Context, 'stdout'>,
  { json, text }: Shown<Row>,
  work: (name: string) => Promise<Row>,
): Promise<void> {
  const rows: Row[] = [];
  const running = [...new Set(names)].map(async (name) => {
    const row = await work(name);
    rows.push(row);
    if (!json) stdout.write(text(row));
  });
  // Each is waited for below; until then none may be called unhandled.
  for (const one of running) one.catch(() => {});
  try {
    await mapCollectingErrors(running, (one) => one);
  } finally {
    if (json) stdout.write(`${JSON.stringify(rows)}\n`);
  }
}
