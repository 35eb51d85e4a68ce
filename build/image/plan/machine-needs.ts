import { agentPortName } from '../../../lib/bundle/bundle.ts';
import type { DiskConfig } from '../../../lib/bundle/disks.ts';
import { disksConfig } from '../../spec/disks/disks-config.ts';
import type { ImagePlan } from './image-plan.ts';

/** What a manifest expects of the machine that it runs in, besides processor, memory and a network card. */
export interface MachineNeeds {
  /** In the order of `disks:`. */
  readonly disks: readonly NeededDisk[];
  /** Names of volumes that are folders of the host. */
  readonly shares: readonly string[];
  /** A TPM 2.0. */
  readonly tpm: boolean;
  /** A virtio-vsock device. */
  readonly vsock: boolean;
  /** The virtio-serial port of QEMU's guest agent. */
  readonly guestAgent: boolean;
  readonly watchdog: boolean;
}

export interface NeededDisk {
  /** Of the entry: `data`. */
  readonly name: string;
  /** The serial number by which the machine finds it. */
  readonly serial?: string;
  /** The device as which the machine finds it: `/dev/vdb1`. */
  readonly path?: string;
  /** The least and the greatest size in bytes. */
  readonly size?: { readonly min: number; readonly max: number };
  /** It is found by what is on it, so that it cannot start empty. */
  readonly holdsData: boolean;
}

/** Pure. Entries say by their devices what they need. */
export function machineNeeds({ manifest, bundles }: ImagePlan): MachineNeeds {
  const { disks = [], shares = [] } = disksConfig(manifest) ?? {};
  const devices = new Set(bundles.flatMap(({ effective }) => effective.devices.map(({ path }) => path)));
  const sealed = disks.some(({ encrypt }) => encrypt?.kind === 'luks2' && 'tpm' in encrypt.key);
  return {
    disks: disks.map(neededDisk),
    shares: shares.map(({ name }) => name),
    tpm: sealed || devices.has('/dev/tpmrm0') || devices.has('/dev/tpm0'),
    vsock: devices.has('/dev/vsock'),
    guestAgent: devices.has(`/dev/virtio-ports/${agentPortName}`),
    watchdog: manifest.watchdog !== undefined,
  };
}

function neededDisk({ name, match }: DiskConfig): NeededDisk {
  const { serial, path, size, label, uuid, partuuid } = match;
  return {
    name,
    ...(serial !== undefined && { serial }),
    ...(path !== undefined && { path }),
    ...(size && { size }),
    holdsData: label !== undefined || uuid !== undefined || partuuid !== undefined,
  };
}

/** A machine that needs nothing of this. */
export const noNeeds: MachineNeeds = {
  ...{ disks: [], shares: [], tpm: false, vsock: false, guestAgent: false, watchdog: false },
};
