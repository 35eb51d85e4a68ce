import { KitError } from '../../lib/errors/errors.ts';

const mib = 1 << 20;

/**
 * Where the only partition of a disk lies, in bytes: from 1 MiB on, in whole MiB, up to the end, where a GPT
 * has its second copy. @throws KitError if the disk is too small or too large for the table
 */
export function partitionSpan(
  bytes: number,
  table: 'dos' | 'gpt',
  device: string,
): { readonly start: number; readonly bytes: number } {
  const size = (Math.floor(bytes / mib) - (table === 'gpt' ? 2 : 1)) * mib;
  if (size < mib) throw new KitError(`Cannot format "${device}": it has only ${bytes} bytes`);
  // An MBR counts sectors of 512 bytes with 32 bits.
  if (table === 'dos' && size >= 2 ** 41)
    throw new KitError(`Cannot format "${device}": an MBR ends at 2 TiB, and the disk is larger`, {
      hint: '-partition gpt has no such limit',
    });
  return { start: mib, bytes: size };
}
