import { printLine } from '../../lib/log/print-line.ts';
import { runMain } from '../../lib/log/run-main.ts';
import { sendLogs } from './send-logs.ts';
import { readSettings } from './settings.ts';

await runMain(async () => {
  const abort = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => abort.abort());
  await sendLogs(readSettings(process.argv.slice(2), process.env), { signal: abort.signal, say: printLine });
});
