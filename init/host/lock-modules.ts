import { guestPaths } from '../../lib/bundle/bundle.ts';
import { reasonOf } from '../../lib/errors/errors.ts';
import type { StepContext } from '../steps.ts';

/** Whether the manifest has `modules: locked`. */
export const locksModules = ({ system }: Pick<StepContext, 'system'>): boolean =>
  system.files.has(guestPaths.lockedModules);

/**
 * `modules: locked`: from now on, until the next boot, the kernel loads no module, and unloads none. To be
 * called when all services have started, since they may need modules of their own.
 */
export function lockModules({ system, console }: StepContext): void {
  if (!system.ownsMachine() || !locksModules({ system })) return;
  try {
    system.files.write('/proc/sys/kernel/modules_disabled', '1');
    console.log('modules are locked: no more can be loaded until the next boot');
  } catch (thrown) {
    console.log(`Cannot lock the modules: ${reasonOf(thrown)}`);
  }
}
