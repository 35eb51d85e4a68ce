import { parseArgs } from 'node:util';
import { printLine } from '../../lib/log/print-line.ts';
import { runMain } from '../../lib/log/run-main.ts';
import { applyMetadata } from './apply-metadata.ts';
import { providersOf } from './providers.ts';

await runMain(async () => {
  const { values, positionals } = parseArgs({
    options: { 'config-dir': { type: 'string', default: '/run/config' } },
    allowPositionals: true,
  });
  const { lines, ok } = await applyMetadata(providersOf(positionals), values['config-dir']);
  for (const line of lines) printLine(line);
  process.exitCode = ok ? 0 : 1;
});
