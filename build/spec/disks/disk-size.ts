import type { DiskMatch } from '../../../lib/bundle/disks.ts';
import type { DiskEntry } from '../../manifest/types.ts';
import { FieldError } from '../field-error.ts';

/** `match.size` in bytes. @throws FieldError for one that nothing can have */
export function sizeRange({
  min,
  max,
}: NonNullable<DiskEntry['match']['size']>): NonNullable<DiskMatch['size']> {
  const range = { min: bytesOf(min) ?? 0, max: bytesOf(max) ?? Number.MAX_SAFE_INTEGER };
  if (min === undefined && max === undefined)
    throw new FieldError(['match', 'size'], 'match.size needs "min" or "max"');
  if (range.max < range.min) throw new FieldError(['match', 'size'], `"${max}" is less than "${min}"`);
  return range;
}

/** Bytes of the swap file on a disk; undefined without one. @throws FieldError */
export function swapFileOf({ swapFile, filesystem: { type = 'ext4' } = {} }: DiskEntry): number | undefined {
  const bytes = bytesOf(swapFile);
  if (bytes === undefined) return undefined;
  if (type === 'swap' || type === 'btrfs')
    throw new FieldError(['swapFile'], `A swap file needs ext4 or xfs, not ${type}`);
  if (bytes < 1 << 20)
    throw new FieldError(['swapFile'], `"${swapFile}" is too small: swap space has at least 1M`);
  return bytes;
}

const units: Readonly<Record<string, number>> = { M: 2 ** 20, G: 2 ** 30, T: 2 ** 40 };

/** Bytes of a size as the manifest has it: `512M`; without a letter, GiB. */
const bytesOf = (text: string | undefined): number | undefined =>
  text === undefined ? undefined : Number.parseInt(text, 10) * (units[text.at(-1) ?? ''] ?? 2 ** 30);
