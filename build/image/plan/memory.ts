const mebibyte = 1 << 20;

/**
 * The least memory, in MiB, that an initrd of this size boots in. The kernel unpacks it into a tmpfs of half
 * the memory and carries on when it does not fit, so it must be smaller than half of what the kernel leaves
 * (the kernel itself takes about 48 MiB). Programs need memory as well: with a 94 MB initrd, one service was
 * measured to work in 352 MiB.
 */
export function memoryNeeded(initrdBytes: number, services: number): number {
  const initrd = initrdBytes / mebibyte;
  const unpacked = 2 * initrd + 48;
  const running = initrd + 192 + 56 * services;
  return Math.ceil(Math.max(unpacked, running) / 32) * 32;
}

/** MiB of a machine for which nobody asks for an amount: 1024, LinuxKit's default, or more. */
export const usualMemory = (leastMiB: number): number =>
  Math.max(1024, Math.ceil((leastMiB * 1.5) / 64) * 64);

/**
 * The least memory, in MiB, in which UEFI firmware starts a program of this size. The firmware reads the file
 * and copies it to where it runs, each into one contiguous range: measured with 85 MiB, OVMF failed with 384
 * MiB and worked with 448.
 */
export function efiMemoryNeeded(programBytes: number): number {
  return Math.ceil(((2 * programBytes) / mebibyte + 256) / 32) * 32;
}
