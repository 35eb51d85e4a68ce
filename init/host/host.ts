import { KitError } from '../../lib/errors/errors.ts';
import type { Machine } from '../steps.ts';

/** As LinuxKit; fs.nr_open may allow less. */
const openFiles = 1_048_576;

/** Limits that every program of the machine inherits. */
export function raiseLimits({ kernel }: Machine): string | undefined {
  const most = Number(kernel.files.read('/proc/sys/fs/nr_open') ?? openFiles);
  try {
    kernel.setLimit('NOFILE', Math.min(openFiles, most));
    kernel.setLimit('NPROC', 'unlimited');
  } catch (thrown) {
    if (kernel.ownsMachine()) throw thrown;
    return 'as they are: the machine around this container allows no more';
  }
  return undefined;
}

/** Sets the clock from the battery-backed one, which is in UTC; a machine without one keeps the kernel's time. */
export function setClock({ kernel }: Machine): string | undefined {
  if (!kernel.ownsMachine()) return 'not ours';
  const timeMs = kernel.readHardwareClock();
  if (timeMs === undefined) return 'no hardware clock';
  // The kernel has often done so itself, and better than in whole seconds.
  if (Math.abs(timeMs - Date.now()) > 2000) kernel.setWallClock(timeMs);
  return undefined;
}

/** Ctrl-Alt-Del shall reach PID 1 as SIGINT, and not reset the machine under its file systems. */
export function takeCtrlAltDel({ kernel }: Machine): string | undefined {
  if (!kernel.ownsMachine()) return 'not ours';
  kernel.reboot('ctrlAltDelToInit');
  return undefined;
}

export function startLoopback({ kernel }: Machine): undefined {
  const link = kernel.listLinks().find(({ loopback }) => loopback);
  if (!link) throw new KitError('Cannot bring up the loopback interface: there is none');
  kernel.changeLink(link.index, { up: true });
}

/** /etc/hostname, else what the kernel was given, else `kit-<mac address>`. */
export function nameHost({ kernel }: Machine): string | undefined {
  const wanted = kernel.files.read('/etc/hostname')?.trim() || givenName(kernel.hostname());
  const name = wanted ?? `kit-${kernel.macAddress()?.replaceAll(':', '') ?? 'unnamed'}`;
  kernel.setHostname(name);
  return name;
}

/**
 * Metadata names a machine by /proc/sys/kernel/hostname, which in a container of kit's is the host's root's to write. What
 * it has found out lies in a file all the same.
 */
export function takeFoundName({ kernel }: Machine): void {
  const found = kernel.ownsMachine() ? undefined : kernel.files.read('/run/config/hostname')?.trim();
  if (found) kernel.setHostname(found.slice(0, maximalHostname));
}

/** __NEW_UTS_LEN, uname(2). */
const maximalHostname = 64;

function givenName(name: string): string | undefined {
  return name === '' || name === '(none)' || name === 'localhost' ? undefined : name;
}

export const resolvConfFolder = '/run/resolvconf';

/** /etc/resolv.conf points here; a bind mount of it into a container needs a file to be there from the start. */
export function makeResolvConf({ kernel }: Machine): undefined {
  const file = `${resolvConfFolder}/resolv.conf`;
  kernel.files.makeFolder(resolvConfFolder, 0o755);
  if (!kernel.files.has(file)) kernel.files.write(file, '');
}
