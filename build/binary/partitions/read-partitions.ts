import { guidBytes } from '../../../lib/volumes/gpt.ts';
import { partitionTypes } from '../../../lib/volumes/mbr.ts';
import { partitionsOf } from '../../../lib/volumes/partitions.ts';
import { hasBootSignature } from '../../../lib/volumes/sector.ts';
import { efiSystemType } from './gpt.ts';

/** The kinds of firmware that find a boot program on a medium. */
export interface Bootable {
  readonly bios: boolean;
  readonly uefi: boolean;
}

const espTypes: readonly (number | string)[] = [partitionTypes.efi, guidBytes(efiSystemType).toString('hex')];

/** Looks for boot code, the first 440 bytes, and for an EFI system partition. */
export function diskBoots(head: Uint8Array): Bootable {
  if (!hasBootSignature(head)) return { bios: false, uefi: false };
  return {
    bios: head.subarray(0, 440).some((byte) => byte !== 0),
    uefi: efiSystemStart(head) !== undefined,
  };
}

/** The byte at which the disk's EFI system partition begins; undefined without one. */
export const efiSystemStart = (head: Uint8Array): number | undefined =>
  partitionsOf(head).find(({ type }) => espTypes.includes(type))?.start;
