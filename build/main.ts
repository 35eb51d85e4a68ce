import { codeOf, KitError } from '../lib/errors/errors.ts';
import { type ErrorStyle, reportError } from './cli/report-error.ts';
import { runCommand } from './commands/run-command.ts';

const interrupt = new AbortController();
/** 128 and the number of the signal that ended the command, as shells count. */
let signalStatus: number | undefined;
const ctrlC = 128 + 2;
for (const [name, number] of Object.entries({ SIGHUP: 1, SIGINT: 2, SIGTERM: 15 })) {
  // The first signal aborts the command, which cleans up; the second one exits. The listener must not be
  // removed after the first: without it, the one of execa would exit at once.
  process.on(name, () => {
    if (signalStatus !== undefined) process.exit(signalStatus);
    signalStatus = 128 + number;
    interrupt.abort(new KitError('Interrupted'));
  });
}

// EPIPE: the reader of a pipe has exited, as head(1) does.
process.stdout.on('error', (thrown) => {
  if (codeOf(thrown) !== 'EPIPE') throw thrown;
  interrupt.abort(new KitError('Interrupted: standard output was closed'));
});

const { stdin, stdout, stderr, env } = process;
const style: ErrorStyle = {};
try {
  const context = { stdin, stdout, stderr, env, cwd: process.cwd(), signal: interrupt.signal };
  const status = await runCommand(process.argv.slice(2), context, style);
  // Ctrl-C is the normal end of commands that run until then, such as kit forward.
  process.exitCode = signalStatus === ctrlC ? status : (signalStatus ?? status);
} catch (thrown) {
  const status = reportError(causeOf(thrown), style, { stdout, stderr, env });
  process.exitCode = signalStatus ?? status;
}

/** An error after an abort is a consequence of the abort, whose reason is reported instead. */
function causeOf(thrown: unknown): unknown {
  const { aborted, reason } = interrupt.signal;
  const isReason = thrown instanceof KitError && thrown.message === reason?.message;
  return aborted && !isReason ? reason : thrown;
}
