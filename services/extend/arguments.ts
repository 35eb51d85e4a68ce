import { type MountedType, mountedTypes } from '../../lib/bundle/disks.ts';
import { goFlags } from '../../lib/service/go-flags.ts';
import { readArguments } from '../../lib/service/service.ts';

export interface ExtendSettings {
  readonly type: MountedType;
  /** Whether a disk that cannot be extended ends the program, or is passed over with a line of the log. */
  readonly stopOnError: boolean;
  /** Undefined: all. */
  readonly devices: readonly string[] | undefined;
}

/**
 * Reads `extend [-type ext4|xfs|btrfs] [-stop-on-error=true] [DEVICE...]`: LinuxKit's arguments and defaults.
 * @throws KitError on anything else
 */
export function readSettings(args: readonly string[] = process.argv.slice(2)): ExtendSettings {
  const { stopOnError, devices, type } = readArguments(
    {
      type: { type: 'string', choices: mountedTypes, default: 'ext4' },
      stopOnError: { type: 'string', choices: ['true', 'false'], default: 'true' },
      devices: { type: 'string', multiple: true, positional: true },
    },
    { args: goFlags(args.map((word) => word.replace(/^(--?stop-on-error)$/, '$1=true'))) },
  );
  return { type, stopOnError: stopOnError === 'true', devices: devices.length > 0 ? devices : undefined };
}
