import { floods } from './floods.ts';
import { kernelFiles } from './kernel-files.ts';
import { machine } from './machine.ts';
import { neighbours } from './neighbours.ts';
import { outside } from './outside.ts';
import { privileges } from './privileges.ts';
import type { Promised } from './promise.ts';
import { systemCalls } from './system-calls.ts';

/** Everything that `kit audit` attacks; docs/audit.md has the same table. */
export const promises: readonly Promised[] = [
  ...kernelFiles,
  ...neighbours,
  ...privileges,
  ...systemCalls,
  ...machine,
  ...floods,
  ...outside,
];
