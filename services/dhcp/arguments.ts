import { readArguments } from '../../lib/service/service.ts';

export interface Settings {
  /** Globs of interface names. */
  readonly patterns: readonly string[];
  readonly once: boolean;
  readonly timeoutMs: number;
  readonly resolvConf: string;
  /** Folder of the lease files. */
  readonly folder: string;
  /** Folder of what is kept over restarts, and over boots where it is on a disk. */
  readonly stateFolder: string;
}

/**
 * Reads `dhcp [--interface GLOB]… [--once [--timeout SECONDS]] [--resolv-conf FILE] [--lease-dir DIR]
 * [--state-dir DIR]`.
 * @throws KitError on anything else.
 */
export function readSettings(args?: readonly string[]): Settings {
  const values = readArguments(
    {
      interface: { type: 'string', multiple: true },
      once: { type: 'boolean' },
      timeout: { type: 'number', min: 0.001, max: 1e6, default: 10 },
      resolvConf: { type: 'string', default: '/run/resolvconf/resolv.conf' },
      leaseDir: { type: 'string', default: '/run/dhcp' },
      stateDir: { type: 'string', default: '/var/lib/dhcp' },
    },
    args && { args },
  );
  const { interface: patterns, once, timeout, resolvConf, leaseDir: folder, stateDir: stateFolder } = values;
  return { patterns, once, timeoutMs: timeout * 1000, resolvConf, folder, stateFolder };
}
