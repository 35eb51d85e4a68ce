import { readArguments } from '../../lib/service/service.ts';

export interface Settings {
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
export function readSettings(args?: readonly string[]): Settings {
  const values = readArguments(
    {
      interface: { type: 'string', multiple: true },
      once: { type: 'boolean' },
      timeout: { type: 'number', min: 0.001, max: 1e6, default: 10 },
      resolvConf: { type: 'string', default: '/run/resolvconf/resolv.conf' },
      leaseDir: { type: 'string', default: '/run/dhcp' },
    },
    args && { args },
  );
  const { interface: patterns, once, timeout, resolvConf, leaseDir: folder } = values;
  return { patterns, once, timeoutMs: timeout * 1000, resolvConf, folder };
}
