import { parseArgs } from 'node:util';
import { KitError, reasonOf } from '../../lib/errors/errors.ts';

export interface Arguments {
  /** Globs of interface names. */
  readonly patterns: readonly string[];
  readonly once: boolean;
  readonly timeoutMs: number;
  readonly resolvConf: string;
  /** Folder of the lease files. */
  readonly folder: string;
}

/**
 * Reads `dhcp [--interface GLOB]… [--once [--timeout SECONDS]] [--resolv-conf FILE] [--lease-dir DIR]`.
 * @throws KitError on anything else.
 */
export function readArguments(args: readonly string[]): Arguments {
  const values = parse(args);
  const seconds = Number(values.timeout);
  if (!(seconds > 0 && seconds < 1e6)) {
    throw new KitError(`Cannot use --timeout "${values.timeout}": want a number of seconds above 0`, {
      exitCode: 2,
    });
  }
  return {
    patterns: values.interface,
    once: values.once,
    timeoutMs: seconds * 1000,
    resolvConf: values['resolv-conf'],
    folder: values['lease-dir'],
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        interface: { type: 'string', multiple: true, default: [] },
        once: { type: 'boolean', default: false },
        timeout: { type: 'string', default: '10' },
        'resolv-conf': { type: 'string', default: '/run/resolvconf/resolv.conf' },
        'lease-dir': { type: 'string', default: '/run/dhcp' },
      },
    }).values;
  } catch (error) {
    throw new KitError(`Cannot read the arguments of dhcp: ${reasonOf(error)}`, { exitCode: 2 });
  }
}
