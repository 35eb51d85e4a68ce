import { printLine as log } from '../../lib/log/print-line.ts';
import { runMain } from '../../lib/log/run-main.ts';
import { readArguments } from './arguments.ts';
import { leaseOnce } from './once.ts';
import { DhcpProgram } from './program.ts';

await runMain(async () => {
  const { once, timeoutMs, ...settings } = readArguments(process.argv.slice(2));
  if (once) return leaseOnce({ ...settings, log }, timeoutMs);
  const program = new DhcpProgram({ ...settings, log });
  // The address is kept when this program restarts: connections survive, and the next run leases it again.
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => program.close());
});
