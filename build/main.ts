import { KitError } from '../lib/errors/errors.ts';
import { renderError } from '../lib/errors/render.ts';
import { runCommand } from './commands/index.ts';

const interrupt = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  // The first signal lets work clean up; the second one ends the process as it would have without us.
  process.once(name, () => interrupt.abort(new KitError('Interrupted')));
}

const args = process.argv.slice(2);
try {
  process.exitCode = await runCommand(args, {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    signal: interrupt.signal,
  });
} catch (thrown) {
  process.stderr.write(`${renderError(thrown, { trace: args.includes('--debug') })}\n`);
  process.exitCode = thrown instanceof KitError ? thrown.exitCode : 1;
}
