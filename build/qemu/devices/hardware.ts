import type { HardwareName } from '../../backend/request/hardware.ts';
import type { Arch } from '../../host/arch.ts';
import type { DiskBus } from './disk.ts';

interface Hardware {
  /** Values of `-smbios`: what the firmware of such a machine says of it. */
  readonly smbios: readonly string[];
  /** Of the disk that firmware boots from. */
  readonly bootBus: DiskBus;
  /** Of others. */
  readonly diskBus: DiskBus;
  /** Of the volume with metadata. */
  readonly dataBus: DiskBus;
  /** QEMU's name of the network card. */
  readonly network: string;
  /** Further values of `-device`. */
  readonly devices: readonly string[];
  /** Has the chipset's SMBus controller. */
  readonly smbus: boolean;
}

type CloudHardware = Pick<Hardware, 'smbios' | 'bootBus' | 'diskBus'>;

/**
 * Machines of clouds, as near as QEMU has them. It has no network card of Amazon's, Google's or Hyper-V's
 * (ENA, gVNIC, netvsc), so all have virtio's.
 */
const clouds: Readonly<Record<Exclude<HardwareName, 'server'>, CloudHardware>> = {
  aws: {
    smbios: ['type=0,vendor=Amazon EC2', 'type=1,manufacturer=Amazon EC2,product=m7i.large'],
    ...{ bootBus: 'nvme', diskBus: 'nvme' },
  },
  azure: {
    smbios: [
      'type=1,manufacturer=Microsoft Corporation,product=Virtual Machine,version=7.0',
      'type=3,manufacturer=Microsoft Corporation,asset=7783-7084-3265-9085-8269-3286-77',
    ],
    ...{ bootBus: 'sata', diskBus: 'scsi' },
  },
  gcp: {
    smbios: [
      'type=0,vendor=Google',
      'type=1,manufacturer=Google,product=Google Compute Engine,serial=GoogleCloud-0123456789',
    ],
    ...{ bootBus: 'scsi', diskBus: 'scsi' },
  },
  openstack: {
    smbios: ['type=1,manufacturer=OpenStack Foundation,product=OpenStack Nova,family=Virtual Machine'],
    ...{ bootBus: 'virtio', diskBus: 'virtio' },
  },
};

const plain: Hardware = {
  ...{ smbios: [], bootBus: 'virtio', diskBus: 'virtio', dataBus: 'virtio', network: 'virtio-net-pci' },
  ...{ devices: [], smbus: false },
};

/** A controller for USB 3. */
export const xhci = 'qemu-xhci';

/**
 * A server of the years in which QEMU's devices were made: AHCI, a card of Intel's, and what a board has that
 * others leave out. Metadata comes on a USB stick, as from the virtual media of a management controller.
 */
const server: Hardware = {
  ...plain,
  ...{ bootBus: 'sata', diskBus: 'sata', dataBus: 'usb', network: 'e1000e', smbus: true },
  devices: [xhci, 'ipmi-bmc-sim,id=bmc', 'isa-ipmi-kcs,bmc=bmc'],
};

/** The board of arm64 has no SATA. */
export function hardwareOf(name: HardwareName | undefined, arch: Arch): Hardware {
  const found = name === undefined ? plain : name === 'server' ? server : { ...plain, ...clouds[name] };
  return arch === 'arm64' && found.bootBus === 'sata' ? { ...found, bootBus: 'scsi' } : found;
}
