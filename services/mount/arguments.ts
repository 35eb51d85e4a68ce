import { goFlags } from '../../lib/service/go-flags.ts';
import { KitError, readArguments } from '../../lib/service/service.ts';

export interface MountSettings {
  /** Undefined: the first partition for Linux that is not mounted. */
  readonly source: MountSource | undefined;
  readonly target: string;
}

export type MountSource =
  | { readonly device: string }
  /** Of the file system. */
  | { readonly tag: 'LABEL' | 'UUID'; readonly value: string };

/**
 * Reads `mountie [-device D | -label L | -uuid U] [DEVICE] MOUNTPOINT`: LinuxKit's arguments. A device counts
 * before a label, and a label before a UUID. @throws KitError on anything else
 */
export function readSettings(args: readonly string[] = process.argv.slice(2)): MountSettings {
  const { device, label, uuid, places } = readArguments(
    {
      device: { type: 'string' },
      label: { type: 'string' },
      uuid: { type: 'string' },
      places: { type: 'string', multiple: true, positional: true },
    },
    { args: goFlags(args) },
  );
  const target = places.at(-1);
  if (target === undefined || places.length > 2)
    throw new KitError('Cannot mount: it takes a mount point, or a device and a mount point', {
      hint: 'mountie -label data /var/data',
      exitCode: 2,
    });
  if (!target.startsWith('/'))
    throw new KitError(`Cannot mount at "${target}": it does not begin with "/"`, { exitCode: 2 });
  const named = places.length === 2 ? places[0] : device;
  return { source: sourceOf(named, label, uuid), target };
}

function sourceOf(device?: string, label?: string, uuid?: string): MountSource | undefined {
  if (device) return { device };
  if (label) return { tag: 'LABEL', value: label };
  return uuid ? { tag: 'UUID', value: uuid } : undefined;
}
