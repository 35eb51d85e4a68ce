import { codeOf, KitError } from '../lib/errors/errors.ts';
import { renderError } from '../lib/errors/render.ts';
import { runCommand } from './commands/index.ts';

const interrupt = new AbortController();
for (const [name, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
  // The first signal aborts the command, which cleans up; the second one exits. The listener must not be
  // removed after the first: without it, the one of execa would exit at once.
  process.on(name, () => {
    if (interrupt.signal.aborted) process.exit(128 + number);
    interrupt.abort(new KitError('Interrupted'));
  });
}

// EPIPE: the reader of a pipe has exited, as head(1) does.
process.stdout.on('error', (thrown) => {
  if (codeOf(thrown) !== 'EPIPE') throw thrown;
  interrupt.abort(new KitError('Interrupted: standard output was closed'));
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

/** An error after an abort is a consequence of the abort, whose reason is reported instead. */
function causeOf(thrown: unknown): unknown {
  const { aborted, reason } = interrupt.signal;
  const isReason = thrown instanceof KitError && thrown.message === reason?.message;
  return aborted && !isReason ? reason : thrown;
}
