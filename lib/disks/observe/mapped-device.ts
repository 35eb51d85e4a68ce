import { realpathSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import { listBlockDevices } from './block-devices.ts';
import type { BlockDevice } from './content.ts';

/** The device with another name than sysfs has for it: `/dev/mapper/data` for dm-0. */
export function mappedDevice(path: string): BlockDevice {
  const { major, minor } = numbersOf(statSync(path).rdev);
  const name = basename(realpathSync(`/sys/dev/block/${major}:${minor}`));
  const device = listBlockDevices().find((one) => one.name === name);
  if (!device) throw new Error(`the kernel does not show "${path}"`);
  return { ...device, path };
}

/** gnu_dev_major(3), for numbers that Linux has: 12 bits and 20 bits. */
const numbersOf = (rdev: number): { readonly major: number; readonly minor: number } => ({
  major: (rdev >> 8) & 0xfff,
  minor: (rdev & 0xff) | ((rdev >>> 12) & 0xfff00),
});
