import { consoleNames } from '../../lib/cmdline/console-names.ts';

/** A console of the kernel command line, e.g. `ttyS0`. */
export interface ConsoleDevice {
  readonly name: string;
  readonly device: string;
  /** The terminfo name of the terminal that is likely connected. */
  readonly term: string;
}

/**
 * The consoles of the kernel command line; if it has none, those the kernel uses (`active`: the contents of
 * /sys/class/tty/console/active). Leaves out consoles whose device does not exist.
 */
export function consoles(
  commandLine: string,
  active: string,
  exists: (device: string) => boolean,
): readonly ConsoleDevice[] {
  const named = consoleNames(commandLine);
  const names = named.length > 0 ? named : active.split(/\s+/).filter(Boolean);
  return names
    .filter((name) => !name.split('/').includes('..'))
    .map((name) => ({ name, device: `/dev/${name}`, term: /^tty\d+$/.test(name) ? 'linux' : 'vt220' }))
    .filter(({ device }) => exists(device));
}
