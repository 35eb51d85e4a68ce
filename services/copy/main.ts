/**
 * `main.mjs ORDER`: copies files for the supervisor (`kit cp`), in a process of its own that sees nothing but the root of
 * the service. What fails is told in half a sentence on standard error.
 */
import { reasonOf } from '../../lib/errors/errors.ts';
import { printLine } from '../../lib/log/print-line.ts';
import { copy } from './copy.ts';

copy(JSON.parse(process.argv[2] ?? '')).then(
  () => process.exit(0),
  (thrown: unknown) => {
    printLine(reasonOf(thrown), 2);
    process.exit(1);
  },
);
