import type { Arch } from '../../host/arch.ts';

/** IMAGE_FILE_MACHINE_* of each architecture (PE Format, Microsoft). */
export const peMachines: Readonly<Record<Arch, number>> = { amd64: 0x8664, arm64: 0xaa64 };

/** Where firmware looks for a program on a medium that it has not seen before (UEFI 2.10, 3.5.1.1). */
export const efiBootPaths: Readonly<Record<Arch, string>> = {
  amd64: 'EFI/BOOT/BOOTX64.EFI',
  arm64: 'EFI/BOOT/BOOTAA64.EFI',
};

/** The architecture of a machine number; undefined for one that kit does not build for. */
export const archOf = (machine: number): Arch | undefined =>
  (Object.keys(peMachines) as Arch[]).find((arch) => peMachines[arch] === machine);
