import { reasonOf } from '../../../lib/errors/errors.ts';
import type { StepContext } from '../../steps.ts';

/** Sets a sysctl of one interface by its path, since its name may have dots; a failure is logged. */
export function writeSetting(path: string, value: string, { system, console }: StepContext): void {
  try {
    system.files.write(`/proc/sys/net/${path}`, value);
  } catch (thrown) {
    console.log(`net/${path} cannot be ${value}: ${reasonOf(thrown)}`);
  }
}
