/**
 * `main.mjs ORDER`: copies files for the supervisor (`kit cp`) in a separate process that sees only the
 * service's root. Errors are written to standard error as sentence fragments, which the supervisor completes.
 */
import { reasonOf } from '../../lib/errors/errors.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { runCopyOrder } from './run-copy-order.ts';

runCopyOrder(JSON.parse(process.argv[2] ?? '')).then(
  () => process.exit(0),
  (thrown: unknown) => {
    printLine(reasonOf(thrown), 2);
    process.exit(1);
  },
);
