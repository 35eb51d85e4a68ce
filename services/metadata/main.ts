import { parseArgs } from 'node:util';
import { runProgram } from '../../lib/log/program.ts';
import { say } from '../../lib/log/say.ts';
import { providersOf } from './providers.ts';
import { applyMetadata } from './run.ts';

await runProgram(async () => {
  const { values, positionals } = parseArgs({
    options: { 'config-dir': { type: 'string', default: '/run/config' } },
    allowPositionals: true,
  });
  const { lines, ok } = await applyMetadata(providersOf(positionals), values['config-dir']);
  for (const line of lines) say(line);
  process.exitCode = ok ? 0 : 1;
});
