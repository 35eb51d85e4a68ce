import { consoleNames } from '../../lib/cmdline/console-names.ts';

/** A terminal of the kernel command line, e.g. `ttyS0`. */
export interface Console {
  readonly name: string;
  readonly device: string;
  /** terminfo's name for what is likely to be at the other end. */
  readonly term: string;
}

/**
 * Where shells are wanted: the consoles of the command line; if it names none, those the kernel uses (`active`, the
 * contents of /sys/class/tty/console/active). Without those that `exists` does not find below /dev.
 */
export function consoles(
  commandLine: string,
  active: string,
  exists: (device: string) => boolean,
): readonly Console[] {
  const named = consoleNames(commandLine);
  const names = named.length > 0 ? named : active.split(/\s+/).filter(Boolean);
  return names
    .filter((name) => !name.split('/').includes('..'))
    .map((name) => ({ name, device: `/dev/${name}`, term: /^tty\d+$/.test(name) ? 'linux' : 'vt220' }))
    .filter(({ device }) => exists(device));
}
