import type { Arch } from '../../host/arch.ts';
import type { ClusterMember } from '../../machine/records/member.ts';
import type { PublishedPort } from '../../machine/records/record.ts';
import type { MediaChoice } from '../../media/found-image.ts';
import type { DataVolume } from '../data-volume.ts';
import type { DiskOption } from './disks.ts';
import type { HardwareName } from './hardware.ts';
import type { Networking } from './networking.ts';
import type { ShareOption } from './shares.ts';
import type { SwitchPort } from './switch-port.ts';

/** The arguments of `kit run`, read and checked. A backend refuses what it cannot provide. */
export interface RunRequest {
  /** A name of build/monitor/backends.ts. */
  readonly backend: string;
  /** A manifest, a file, or the common prefix of several files' names. */
  readonly image: string;
  /** The output format that a manifest is built in. */
  readonly format: string;
  /** Grant labels of foreign images in a manifest all they ask for. */
  readonly trustLabels?: boolean | undefined;
  readonly media: MediaChoice;
  /** Undefined: that of the image, or of this host. */
  readonly arch: Arch | undefined;
  readonly name: string | undefined;
  readonly cpus: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly publish: readonly PublishedPort[];
  readonly networking: Networking;
  /** Further network cards, `eth1` and so on. */
  readonly ports?: readonly SwitchPort[] | undefined;
  /** The machine belongs to a cluster. */
  readonly member?: ClusterMember | undefined;
  readonly disks: readonly DiskOption[];
  readonly shares: readonly ShareOption[];
  readonly accel: 'auto' | 'kvm' | 'tcg';
  /** User-data for the guest, and its signature. */
  readonly data: Omit<DataVolume, 'name'> | undefined;
  /** Absolute path of the user's own UEFI firmware. */
  readonly firmwareFile: string | undefined;
  /** Absolute folder of the keys of Secure Boot; undefined: the firmware starts everything. */
  readonly secureBoot?: string | undefined;
  /** Absolute folder for disks and UEFI variables that outlive the machine; undefined: none do. */
  readonly state: string | undefined;
  /** Absolute path of an image of a disc for an optical drive; it exists. */
  readonly cd: string | undefined;
  /** What the machine resembles; undefined: nothing but a virtual machine. */
  readonly hardware: HardwareName | undefined;
  /** Further values of QEMU's `-smbios`. */
  readonly smbios: readonly string[];
  readonly usb: boolean;
  /** A TPM 2.0, whose state is beside the disks. */
  readonly tpm: boolean;
  /** Further values of QEMU's `-device`, as the user wrote them. */
  readonly devices: readonly string[];
}
