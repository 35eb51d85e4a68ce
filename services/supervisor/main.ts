import { writeFileSync } from 'node:fs';
import { renderError } from '../../lib/errors/render.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { limitHeapGrowth } from '../../lib/process/heap.ts';
import { supervise, supervisorPaths } from './supervise.ts';

// Few of its allocations are long-lived.
limitHeapGrowth(50);

// The name in ps and in PID 1's messages; otherwise every Node program is called "node-MainThread"
// (proc_pid_comm(5)).
writeFileSync('/proc/self/comm', 'supervisor');

// Services keep running, and the next supervisor adopts them.
process.on('SIGTERM', () => process.exit(0));

supervise(supervisorPaths).catch((thrown: unknown) => {
  printLine(`supervisor: ${renderError(thrown)}`, 2);
  process.exit(1);
});
