import type { RuntimeConfig } from '../../../lib/bundle/bundle.ts';
import { diskFailures, disksLabel, failureStatus } from '../../../lib/bundle/disks.ts';
import type { RunConfig } from '../../../lib/oci/types.ts';

/**
 * Each disk has an `onFailure` of its own: the program that prepares them says by its exit status which
 * counts.
 */
export function withDiskFailures(runtime: RuntimeConfig, { Labels }: RunConfig): RuntimeConfig {
  if (Labels?.[disksLabel] === undefined) return runtime;
  const onStatus = Object.fromEntries(diskFailures.map((failure) => [failureStatus[failure], failure]));
  return { ...runtime, kit: { ...runtime.kit, onStatus } };
}
