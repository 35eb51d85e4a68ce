import { printLine } from '../../lib/log/print-line.ts';
import { runMain } from '../../lib/log/run-main.ts';
import { readArguments } from './arguments.ts';
import { writeLogs } from './write-logs.ts';

await runMain(async () => {
  const abort = new AbortController();
  // Between two flushes no line is partly written, and the next run continues where this one stopped.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => abort.abort());
  await writeLogs(readArguments(process.argv.slice(2)), { signal: abort.signal, say: printLine });
});
