import { KitError } from '../../lib/errors/errors.ts';
import type { StepContext } from '../steps.ts';

/** LinuxKit's limit; fs.nr_open may allow less. */
const openFiles = 1_048_576;

/** Sets limits that every program of the machine inherits. */
export function raiseLimits({ system }: StepContext): string | undefined {
  const most = Number(system.files.read('/proc/sys/fs/nr_open') ?? openFiles);
  try {
    system.setLimit('NOFILE', Math.min(openFiles, most));
    system.setLimit('NPROC', 'unlimited');
  } catch (thrown) {
    if (system.ownsMachine()) throw thrown;
    return 'unchanged: the machine around this container allows no more';
  }
  return undefined;
}

/**
 * Sets the clock from the battery-backed one, which is in UTC; a machine without one keeps the kernel's time.
 */
export function setClock({ system }: StepContext): string | undefined {
  if (!system.ownsMachine()) return 'skipped in a container';
  const timeMs = system.readHardwareClock();
  if (timeMs === undefined) return 'no hardware clock';
  // The kernel has often done this already, more precisely than in whole seconds.
  if (Math.abs(timeMs - Date.now()) > 2000) system.setWallClock(timeMs);
  return undefined;
}

/** Makes Ctrl-Alt-Del send SIGINT to PID 1 instead of resetting the machine with its disks mounted. */
export function sendCtrlAltDelToInit({ system }: StepContext): string | undefined {
  if (!system.ownsMachine()) return 'skipped in a container';
  system.reboot('ctrlAltDelToInit');
  return undefined;
}

export function startLoopback({ system }: StepContext): undefined {
  const link = system.listLinks().find(({ loopback }) => loopback);
  if (!link) throw new KitError('Cannot bring up the loopback interface: there is none');
  system.changeLink(link.index, { up: true });
}

export const resolvConfFolder = '/run/resolvconf';

/** Creates the file that /etc/resolv.conf links to: containers can bind-mount it only if it exists. */
export function makeResolvConf({ system }: StepContext): undefined {
  const file = `${resolvConfFolder}/resolv.conf`;
  system.files.makeFolder(resolvConfFolder, 0o755);
  if (!system.files.has(file)) system.files.write(file, '');
}
