import { runProgram } from '../../lib/log/program.ts';
import { say } from '../../lib/log/say.ts';
import { sendLogs } from './run.ts';
import { readSettings } from './settings.ts';

await runProgram(async () => {
  const abort = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => abort.abort());
  await sendLogs(readSettings(process.argv.slice(2), process.env), { signal: abort.signal, say });
});
