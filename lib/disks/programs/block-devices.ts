import { join } from 'node:path';
import { listBlockDevices } from '../observe/block-devices.ts';
import { isComposed } from '../observe/content.ts';

/** A disk as the kernel shows it in /sys/block. */
export interface Disk {
  /** `vdb` */
  readonly name: string;
  /** `/dev/vdb` */
  readonly path: string;
  readonly bytes: number;
  readonly isReadOnly: boolean;
}

/** All disks that can hold data, by name: `sda`, `sdb`, …, `sdaa`. @param sys other folders, for tests */
export const listDisks = (sys = '/sys'): Disk[] =>
  listBlockDevices(join(sys, 'block'))
    .filter(({ name }) => !isComposed(name))
    .map(({ name, path, bytes, readOnly }) => ({ name, path, bytes, isReadOnly: readOnly }));
