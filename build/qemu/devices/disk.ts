import type { Arch } from '../../host/arch.ts';

/** What a disk is attached to: virtio-blk, NVMe, virtio-scsi, the SATA controller of a PC, or USB. */
export type DiskBus = 'virtio' | 'nvme' | 'scsi' | 'sata' | 'usb';

const devices: Readonly<Record<DiskBus, string>> = {
  ...{ virtio: 'virtio-blk-pci', nvme: 'nvme', scsi: 'scsi-hd', sata: 'ide-hd', usb: 'usb-storage' },
};

export interface DiskDevice {
  readonly bootFirst?: boolean;
  readonly serial?: string | undefined;
  /** Of the SATA controller; absent: QEMU takes the first. */
  readonly port?: number;
}

/** A disk: the first on virtio is /dev/vda. @param options of the file: `format=raw,readonly=on` */
export function diskArguments(
  bus: DiskBus,
  id: string,
  path: string | undefined,
  options: string,
  { bootFirst = false, serial, port }: DiskDevice = {},
): string[] {
  const file = path === undefined ? '' : `file=${comma(path)},`;
  // QEMU starts no NVMe disk without a serial number.
  const number = serial ?? (bus === 'nvme' ? id : undefined);
  const device = [devices[bus], ...(port === undefined ? [] : [`bus=ide.${port}`]), `drive=${id}`];
  if (number !== undefined) device.push(`serial=${number}`);
  if (bootFirst) device.push('bootindex=0');
  return ['-drive', `if=none,id=${id},${file}${options}`, '-device', device.join(',')];
}

/** A port of the SATA controller takes one drive, and QEMU itself would use no other than the first. */
export const sataPorts = { boot: 0, cd: 1, disks: 2, count: 6 } as const;

export interface DiscDevice {
  readonly bootFirst?: boolean;
  readonly port?: number;
}

/** A disc in an optical drive; on arm64, whose board has no SATA, at a SCSI controller. */
export function cdArguments(
  id: string,
  path: string,
  arch: Arch,
  { bootFirst = false, port = sataPorts.boot }: DiscDevice = {},
): string[] {
  const device = [...(arch === 'arm64' ? ['scsi-cd'] : ['ide-cd', `bus=ide.${port}`]), `drive=${id}`];
  if (bootFirst) device.push('bootindex=0');
  const drive = `if=none,id=${id},media=cdrom,file=${comma(path)},${rawReadOnly}`;
  return ['-drive', drive, '-device', device.join(',')];
}

export const rawReadOnly = 'format=raw,readonly=on';

/** QEMU's options escape a comma by doubling it. */
export const comma = (text: string): string => text.replaceAll(',', ',,');
