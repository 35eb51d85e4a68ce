import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the firmware says of the machine, from `/sys/class/dmi/id`; '' where it says nothing. */
export interface Hardware {
  /** `Amazon EC2` */
  readonly vendor: string;
  /** `Google Compute Engine` */
  readonly product: string;
  /** `ds=nocloud;s=https://seed.example.org/`, with QEMU's `-smbios type=1,serial=…` */
  readonly serial: string;
  readonly uuid: string;
  /** `7783-7084-3265-9085-8269-3286-77` */
  readonly assetTag: string;
  /** Of Xen, from `/sys/hypervisor/uuid`. */
  readonly hypervisorUuid: string;
}

const files: Readonly<Record<keyof Hardware, string>> = {
  vendor: 'class/dmi/id/sys_vendor',
  product: 'class/dmi/id/product_name',
  serial: 'class/dmi/id/product_serial',
  uuid: 'class/dmi/id/product_uuid',
  assetTag: 'class/dmi/id/chassis_asset_tag',
  hypervisorUuid: 'hypervisor/uuid',
};

/** `/sys` gives a page at most. */
const maximalLength = 4096;

/** Reads the texts; a machine without SMBIOS, such as many of arm64, has none of them. */
export function readHardware(sysfs = '/sys'): Hardware {
  const read = (file: string): string => {
    try {
      return readFileSync(join(sysfs, file), 'latin1').slice(0, maximalLength).trim();
    } catch {
      return '';
    }
  };
  return {
    vendor: read(files.vendor),
    product: read(files.product),
    serial: read(files.serial),
    uuid: read(files.uuid),
    assetTag: read(files.assetTag),
    hypervisorUuid: read(files.hypervisorUuid),
  };
}
