import type { Arch } from '../host/arch.ts';
import type { Publish } from '../machine/records/record.ts';
import type { Disk } from '../media/disks.ts';
import type { MediaChoice } from '../media/found-media.ts';
import type { Networking } from './networking.ts';

/** What `kit run` was asked for, read and checked. */
export interface RunRequest {
  /** A virtual machine, or the same image in namespaces of the host's kernel. */
  readonly backend: 'qemu' | 'container';
  /** A manifest, a file, or the first part of the names of several. */
  readonly image: string;
  /** The format that a manifest is built in. */
  readonly format: string;
  readonly media: MediaChoice;
  /** Undefined: that of the image, or of this host. */
  readonly arch: Arch | undefined;
  readonly name: string | undefined;
  readonly cpus: number | undefined;
  readonly memoryMiB: number | undefined;
  readonly publish: readonly Publish[];
  readonly networking: Networking;
  readonly disks: readonly Disk[];
  readonly accel: 'auto' | 'kvm' | 'tcg';
  readonly data: Buffer | undefined;
  /** Absolute path of UEFI firmware of the user's own. */
  readonly firmwareFile: string | undefined;
  /** Absolute folder for what outlives the machine; undefined: nothing does. */
  readonly state: string | undefined;
  readonly usb: boolean;
  readonly devices: readonly string[];
}
