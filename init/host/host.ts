import { KitError } from '../../lib/errors/errors.ts';
import { kernelDate, kernelVersionFile } from '../../lib/linux/system/kernel-date.ts';
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
 * Sets the clock from the battery-backed one, which is in UTC. Where there is none, or it has lost its time,
 * the clock begins on the day on which the kernel was built: it cannot be earlier.
 */
export function setClock({ system }: StepContext): string | undefined {
  if (!system.ownsMachine()) return 'skipped in a container';
  const timeMs = system.readHardwareClock();
  const floor = kernelDate(system.files.read(kernelVersionFile) ?? '') ?? 0;
  if (timeMs !== undefined && timeMs >= floor) {
    // The kernel has often done this already, more precisely than in whole seconds.
    if (Math.abs(timeMs - system.wallClockMs()) > 2000) system.setWallClock(timeMs);
    return undefined;
  }
  const why = timeMs === undefined ? 'no hardware clock' : `the hardware clock says ${dayOf(timeMs)}`;
  if (system.wallClockMs() >= floor) return why;
  system.setWallClock(floor);
  return `${why}: begins on ${dayOf(floor)}, when its kernel was built`;
}

const dayOf = (timeMs: number): string => new Date(timeMs).toISOString().slice(0, 10);

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
