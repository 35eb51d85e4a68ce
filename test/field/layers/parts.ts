import type { ImageStack } from '../../../build/layers/image-stack.ts';
import { isDevice } from '../../../build/layers/normal-tar.ts';
import type { CraftedEntry, CraftedStack } from '../../../build/layers/testing/reference.ts';
import type { Way } from './ways.ts';

/** The stack as a way shows it that leaves out owners or modes. */
export function asShown(stack: CraftedStack, { without }: Way): CraftedStack {
  return stack.map((entries) =>
    entries.map((entry) => ({
      ...entry,
      uid: without.includes('owners') ? 0 : entry.uid,
      mode: without.includes('modes') ? harmlessMode(entry) : entry.mode,
    })),
  );
}

/** As `unpackedLayer` (build/layers) has it. */
function harmlessMode({ type, mode }: CraftedEntry): number {
  if (type === 'directory') return (mode & 0o1777) | 0o700;
  return mode & 0o6000 ? mode & 0o777 : mode;
}

/** Rows by path, without those of devices, and of what a layer has instead of one, if a way has none. */
export function withoutHidden(
  rows: ReadonlyMap<string, string>,
  { layers }: ImageStack,
  { without }: Way,
): ReadonlyMap<string, string> {
  if (!without.includes('devices')) return rows;
  const devices = layers.flatMap(({ form }) => form.files.filter(({ entry }) => isDevice(entry)));
  return new Map(
    [...rows].filter(([path]) => !devices.some((device) => `${path}/`.startsWith(`${device.path}/`))),
  );
}
