import { kernelFiles } from './promises/kernel-files.ts';
import { machine } from './promises/machine.ts';
import { neighbours } from './promises/neighbours.ts';
import { privileges } from './promises/privileges.ts';
import type { Promised } from './promises/promise.ts';
import { systemCalls } from './promises/system-calls.ts';

/** Everything that `kit audit` attacks; docs/audit.md has the same table. */
export const promises: readonly Promised[] = [
  ...kernelFiles,
  ...neighbours,
  ...privileges,
  ...systemCalls,
  ...machine,
];

/** Results of the probe that carry facts, from which several promises are judged. */
export const factIds: ReadonlySet<string> = new Set(['namespaces']);
