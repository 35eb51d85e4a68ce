import { codeOf, KitError } from '../lib/errors/errors.ts';
import { renderError } from '../lib/errors/render.ts';
import { runCommand } from './commands/index.ts';

const interrupt = new AbortController();
for (const [name, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
  // The first signal lets work clean up; the second one ends the process. The listener must stay after the first:
  // without one of ours, that of execa would end the process at once.
  process.on(name, () => {
    if (interrupt.signal.aborted) process.exit(128 + number);
    interrupt.abort(new KitError('Interrupted'));
  });
}

// Who reads our output has gone, as `head` does when it has enough: there is nobody to go on for.
process.stdout.on('error', (thrown) => {
  if (codeOf(thrown) !== 'EPIPE') throw thrown;
  interrupt.abort(new KitError('Interrupted: nobody reads the output any more'));
});

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
  const shown = causeOf(thrown);
  process.stderr.write(`${renderError(shown, { trace: args.includes('--debug') })}\n`);
  process.exitCode = shown instanceof KitError ? shown.exitCode : 1;
}

/** What fails once we were told to stop fails because of that, whatever it says itself. */
function causeOf(thrown: unknown): unknown {
  const { aborted, reason } = interrupt.signal;
  const saysSo = thrown instanceof KitError && thrown.message === reason?.message;
  return aborted && !saysSo ? reason : thrown;
}
