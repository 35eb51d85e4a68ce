import { labelLimits, type MountedType, mountedTypes } from '../../lib/bundle/disks.ts';
import { goFlags } from '../../lib/service/go-flags.ts';
import { KitError, readArguments } from '../../lib/service/service.ts';

export interface FormatSettings {
  /** Of the file system; undefined for none. */
  readonly label: string | undefined;
  readonly type: MountedType;
  readonly table: 'dos' | 'gpt';
  /** What the device holds is lost. */
  readonly force: boolean;
  readonly verbose: boolean;
  /** Undefined: the first disk that is empty. */
  readonly device: string | undefined;
}

/**
 * Reads `format [-force] [-label L] [-type ext4|xfs|btrfs] [-partition dos|gpt] [-verbose] [DEVICE]`:
 * LinuxKit's arguments and defaults. @throws KitError on anything else
 */
export function readSettings(args: readonly string[] = process.argv.slice(2)): FormatSettings {
  const { partition, devices, ...rest } = readArguments(
    {
      label: { type: 'string' },
      type: { type: 'string', choices: mountedTypes, default: 'ext4' },
      partition: { type: 'string', choices: ['dos', 'gpt'], default: 'dos' },
      force: { type: 'boolean' },
      verbose: { type: 'boolean' },
      devices: { type: 'string', multiple: true, positional: true },
    },
    { args: goFlags(args, ['force', 'verbose']) },
  );
  const [device, ...others] = devices;
  if (others.length > 0) throw wrongUse(`Cannot format "${devices.join(' ')}": that is more than one device`);
  if (rest.force && device === undefined)
    throw wrongUse('Cannot use -force without a device: it would take the first disk, whatever that holds');
  if (rest.label !== undefined) checkLabel(rest.type, rest.label);
  return { ...rest, table: partition, device };
}

/** @throws KitError for a label that this type of file system cannot have */
function checkLabel(type: MountedType, label: string): void {
  const [bytes, most] = [Buffer.byteLength(label), labelLimits[type]];
  if (bytes > most)
    throw wrongUse(`Cannot use label "${label}": it has ${bytes} bytes, of ${type} it may have ${most}`);
}

const wrongUse = (message: string): KitError => new KitError(message, { exitCode: 2 });
