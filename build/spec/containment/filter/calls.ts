import { readFileSync } from 'node:fs';
import { dataFile } from '../../../host/paths.ts';

/**
 * The numbers of the system calls of moby's list, by architecture, as libseccomp 2.6 knows them; null: the
 * architecture has no such call. Those of x32 are without its bit (`x32Bit`).
 */
interface CallNumbers {
  /** The order of the numbers. */
  readonly architectures: readonly string[];
  readonly numbers: Readonly<Record<string, readonly (number | null)[]>>;
}

let table: CallNumbers | undefined;

/** The number of a call; undefined: the architecture, or the table, has none of that name. */
export function callNumber(architecture: string, name: string): number | undefined {
  table ??= JSON.parse(readFileSync(dataFile('build/spec/containment/filter/calls.seccomp.json'), 'utf8'));
  const at = table?.architectures.indexOf(architecture) ?? -1;
  return table?.numbers[name]?.[at] ?? undefined;
}
