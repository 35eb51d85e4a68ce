import { writeFileSync } from 'node:fs';
import { renderError } from '../../lib/errors/render.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { guestPlaces, supervise } from './supervise.ts';

// What ps, and PID 1 at the end, call it: not one of many "node-MainThread" (proc_pid_comm(5)).
writeFileSync('/proc/self/comm', 'supervisor');

// Services live on without us, and the next supervisor adopts them: nothing to wait for.
process.on('SIGTERM', () => process.exit(0));

supervise(guestPlaces).catch((thrown: unknown) => {
  printLine(`supervisor: ${renderError(thrown)}`, 2);
  process.exit(1);
});
