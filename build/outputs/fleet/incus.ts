import { stringify } from 'yaml';
import { tarBytes, textEntry } from '../../../lib/archive/tar.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { createdTime } from '../../image/plan/created.ts';
import type { Work } from '../../work.ts';
import type { FileContent, OutputPlace } from '../output.ts';
import { imageUkiMemory } from '../uki/image-uki.ts';
import { type Target, virtualMachine } from './virtual-machine.ts';

/**
 * The first half of a split image of Incus (linuxcontainers.org/incus/docs, "Image format"); the other one
 * is the disk of qcow2-efi: `incus image import web-incus.tar web-efi.qcow2`.
 */
export async function incusImage({ arch }: BootImage, { name }: OutputPlace): Promise<FileContent> {
  const architecture = arch === 'amd64' ? 'x86_64' : 'aarch64';
  const metadata = {
    architecture,
    creation_date: createdTime,
    properties: {
      ...{ name, architecture, description: `${name}, made by kit`, os: 'kit' },
      // The keys in its firmware are Microsoft's: it starts nothing that its user has signed.
      'requirements.secureboot': 'false',
    },
  };
  const entry = { ...textEntry('metadata.yaml', stringify(metadata)), mtime: createdTime };
  return () => tarBytes([entry]);
}

/** Of the disks that Incus attaches: its prefix and the name of the device. */
const serialPrefix = 'incus_';

const target: Target = {
  title: 'Incus',
  names: /^[A-Za-z](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/,
  namesHint: 'letters, digits and hyphens, up to 63',
  drivers: ['virtio_scsi', 'virtio_net'],
  devices: '/dev/sd',
  refusedSerial: (serial, { name }) =>
    serial === `${serialPrefix}${name}`
      ? undefined
      : {
          why: `is none that Incus gives: it gives "${serialPrefix}${name}"`,
          hint: `match: {serial: ${serialPrefix}${name}}`,
        },
};

/** The configuration of an instance, for `incus init IMAGE NAME --vm < web-incus.yaml`. */
export async function incusInstance(
  image: BootImage,
  { name }: OutputPlace,
  { progress }: Work,
): Promise<FileContent> {
  const leastMiB = await imageUkiMemory(image);
  const { memoryMiB, cpus, needs } = virtualMachine(image, { name, boot: 'efi', leastMiB }, target);
  if (needs.guestAgent) progress.line('Incus has an agent of its own, and no port for pkg/qemu-ga');
  if (needs.watchdog) progress.line("Incus gives machines no watchdog: the kernel's softdog takes its place");
  const disks = needs.disks.map((disk) => [
    disk.name,
    { type: 'disk', pool: 'default', source: `${name}-${disk.name}` },
  ]);
  const instance = {
    config: {
      'limits.cpu': String(cpus),
      'limits.memory': `${memoryMiB}MiB`,
      'security.secureboot': 'false',
    },
    devices: { ...Object.fromEntries(disks), ...(needs.tpm && { tpm: { type: 'tpm' } }) },
  };
  return [Buffer.from(stringify(instance))];
}
