import { KitError } from '../../lib/errors/errors.ts';
import { renderError } from '../../lib/errors/render.ts';
import { readArguments } from './arguments.ts';
import { leaseOnce } from './once.ts';
import { DhcpProgram } from './run.ts';

const log = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

try {
  const { once, timeoutMs, ...settings } = readArguments(process.argv.slice(2));
  if (once) await leaseOnce({ ...settings, log }, timeoutMs);
  else {
    const program = new DhcpProgram({ ...settings, log });
    // The address outlives a restart of this program: connections go on, and the next run takes the same lease.
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => program.close());
  }
} catch (error) {
  process.stderr.write(`${renderError(error)}\n`);
  process.exitCode = error instanceof KitError ? error.exitCode : 1;
}
