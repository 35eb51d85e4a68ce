const mebibyte = 1 << 20;

/**
 * The least memory, in MiB, that an initrd of this size boots in. The kernel unpacks it into a tmpfs of half the
 * memory and goes on when it does not fit, so it must be less than half of what the kernel leaves (about 48 MiB go to
 * the kernel itself). And what runs needs room beside it: measured with a 94 MB initrd, one service worked in 352 MiB.
 */
export function memoryNeeded(initrdBytes: number, services: number): number {
  const initrd = initrdBytes / mebibyte;
  const unpacked = 2 * initrd + 48;
  const running = initrd + 192 + 56 * services;
  return Math.ceil(Math.max(unpacked, running) / 32) * 32;
}

/**
 * The least memory, in MiB, in which UEFI firmware starts a program of this size. It reads the file and copies it to
 * where it runs, each in one stretch: measured with 85 MiB, OVMF gave up with 384 MiB and did not with 448.
 */
export function efiMemoryNeeded(programBytes: number): number {
  return Math.ceil(((2 * programBytes) / mebibyte + 256) / 32) * 32;
}
