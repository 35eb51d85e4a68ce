import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/*
 * Settings of V8's heap that must not be on a command line: they change the hash of V8's flags, which is part
 * of Node's embedded code cache, and with another hash every module of Node's own is compiled again. Set
 * here, they affect only modules of Node's own that are loaded afterwards.
 */

/**
 * Sets how many percent of the live heap may be allocated before the next collection; V8's own factor is
 * about four times the heap. Call it right after the imports: a heap that has grown stays so for a while.
 */
export function limitHeapGrowth(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}

/** Collects garbage now. */
export function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  // Only contexts that are created under the flag have the function.
  const collect: () => void = runInNewContext('gc');
  setFlagsFromString('--no-expose-gc');
  collect();
}
