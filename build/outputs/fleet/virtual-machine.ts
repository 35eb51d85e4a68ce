import { KitError } from '../../../lib/errors/errors.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import type { MachineNeeds, NeededDisk } from '../../image/plan/machine-needs.ts';
import { usualMemory } from '../../image/plan/memory.ts';

/** How a machine starts: by its kernel, which the hypervisor loads, or by firmware from the image's disk. */
export type Boot = 'kernel' | 'bios' | 'efi';

/** What kit tells another tool about a machine. */
export interface VirtualMachine {
  readonly name: string;
  readonly arch: BootImage['arch'];
  readonly boot: Boot;
  /** UEFI starts a program of it that is signed for Secure Boot. */
  readonly signed: boolean;
  readonly cmdline: string;
  readonly memoryMiB: number;
  readonly cpus: number;
  readonly needs: MachineNeeds;
}

/** What a tool gives machines. */
export interface Target {
  /** `libvirt`, for messages. */
  readonly title: string;
  /** Names that it takes. */
  readonly names: RegExp;
  /** In words: `letters, digits and hyphens`. */
  readonly namesHint: string;
  /** Names of the drivers for its disks and network cards. */
  readonly drivers: readonly string[];
  /** Of its disks: `/dev/vd`. */
  readonly devices: string;
  /** Whether a disk can have this serial number, and if not, why. */
  refusedSerial?(
    serial: string,
    disk: NeededDisk,
  ): { readonly why: string; readonly hint: string } | undefined;
}

/** Processors unless somebody asks for another number, as for `kit run`. */
const usualCpus = 2;

/**
 * The machine of an image. @param leastMiB of memory that it boots in
 * @throws KitError for what the target cannot give it
 */
export function virtualMachine(
  { arch, cmdline, drivers, needs, signer }: BootImage,
  { name, boot, leastMiB }: { readonly name: string; readonly boot: Boot; readonly leastMiB: number },
  target: Target,
): VirtualMachine {
  const { title } = target;
  if (!target.names.test(name)) {
    throw new KitError(`Cannot describe "${name}" for ${title}: it takes no such name`, {
      hint: `--name NAME, of ${target.namesHint}`,
    });
  }
  const missing = drivers && target.drivers.filter((driver) => !drivers.includes(driver));
  if (missing && missing.length > 0) {
    throw new KitError(`Cannot describe "${name}" for ${title}: its kernel lacks ${missing.join(', ')}`, {
      hint: 'kernel: {image: pkg/kernel} has the drivers of virtual machines',
    });
  }
  const [share] = needs.shares;
  if (share !== undefined) {
    throw new KitError(
      `Cannot describe "${name}" for ${title}: its volume "${share}" is a folder of the host`,
      { hint: 'put the volume on a disk: disk: NAME' },
    );
  }
  const before = boot === 'kernel' ? 0 : 1;
  if (needs.disks.length + before > mostDisks) {
    throw new KitError(`Cannot describe "${name}" for ${title}: it has more than ${mostDisks} disks`);
  }
  for (const [at, disk] of needs.disks.entries()) checkDisk(disk, at + before, title, target);
  const signed = boot === 'efi' && signer() !== undefined;
  return { name, arch, boot, signed, cmdline, memoryMiB: usualMemory(leastMiB), cpus: usualCpus, needs };
}

/** A disk must be found by its machine where this target puts it. */
function checkDisk(disk: NeededDisk, at: number, title: string, target: Target): void {
  const { name, path, serial } = disk;
  const given = `${target.devices}${letter(at)}`;
  if (path !== undefined && path.replace(/\d+$/, '') !== given) {
    throw new KitError(
      `Cannot describe disk "${name}" for ${title}: it is looked for as ${path}, and will be ${given}`,
      { hint: 'match it by serial' },
    );
  }
  const refused = serial === undefined ? undefined : target.refusedSerial?.(serial, disk);
  if (refused) {
    throw new KitError(
      `Cannot describe disk "${name}" for ${title}: its serial number "${serial}" ${refused.why}`,
      { hint: refused.hint },
    );
  }
}

/** As many as there are letters for their devices. */
const mostDisks = 26;

/** The last letter of a disk's device. */
export const letter = (at: number): string => String.fromCharCode('a'.charCodeAt(0) + at);

/** Of QEMU's virtio-blk: VIRTIO_BLK_ID_BYTES (linux/virtio_blk.h). The rest would be cut off. */
export function refusedVirtioSerial(
  serial: string,
): { readonly why: string; readonly hint: string } | undefined {
  const isTaken = /^[A-Za-z0-9_.+ -]{1,20}$/.test(serial);
  const why = 'does not fit a virtio disk';
  return isTaken ? undefined : { why, hint: 'up to 20 letters, digits, and "_.+-"' };
}

/** The least size of a disk that is to be made for the machine. */
export const usualDiskBytes = 2 ** 30;

export const diskBytes = ({ size }: NeededDisk): number => Math.max(size?.min ?? 0, usualDiskBytes);
