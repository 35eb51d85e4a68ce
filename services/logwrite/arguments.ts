import { guestPaths } from '../../lib/bundle/bundle.ts';
import { readArguments } from '../../lib/service/service.ts';
import type { RotationLimits } from './rotating-file.ts';

export interface Settings {
  /** The supervisor's control socket. */
  readonly socket: string;
  readonly logDir: string;
  /** Folder of the progress file; on a tmpfs, since progress means nothing after a reboot. */
  readonly stateDir: string;
  readonly limits: RotationLimits;
}

/**
 * Reads `logwrite [-socket PATH] [-log-dir FOLDER] [-max-log-size BYTES] [-max-log-files N]`: LinuxKit's
 * flags and defaults, with one dash or two.
 * @throws KitError on anything else.
 */
export function readSettings(args: readonly string[] = process.argv.slice(2)): Settings {
  const {
    maxLogSize: size,
    maxLogFiles: files,
    ...folders
  } = readArguments(
    {
      socket: { type: 'string', default: guestPaths.readSocket },
      logDir: { type: 'string', default: '/var/log' },
      stateDir: { type: 'string', default: '/run/logwrite' },
      maxLogSize: { type: 'integer', min: 4096, max: 2 ** 40, default: 1024 * 1024 },
      maxLogFiles: { type: 'integer', min: 1, max: 1000, default: 10 },
    },
    // Go's flags have one dash, which Node would read as a group of short options.
    { args: args.map((arg) => arg.replace(/^-(?=[a-z]{2})/, '--')) },
  );
  return { ...folders, limits: { size, files } };
}
