import { stringify } from 'yaml';
import type { BootImage } from '../../image/plan/boot-image.ts';
import type { NeededDisk } from '../../image/plan/machine-needs.ts';
import { bootMethod } from '../disk/disk-image.ts';
import { imageTag } from '../docker/one-layer-archive.ts';
import type { FileContent, OutputPlace } from '../output.ts';
import { containerDiskBoot, containerDiskMemory } from './container-disk.ts';
import {
  diskBytes,
  refusedVirtioSerial,
  type Target,
  type VirtualMachine,
  virtualMachine,
} from './virtual-machine.ts';

const target: Target = {
  title: 'KubeVirt',
  names: /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/,
  namesHint: 'lower-case letters, digits and hyphens, up to 63',
  drivers: ['virtio_blk', 'virtio_net'],
  devices: '/dev/vd',
  refusedSerial: refusedVirtioSerial,
};

/**
 * The VirtualMachine (kubevirt.io/v1) of a container disk, and the claims of its other disks, which outlive
 * the machine's image.
 */
export async function kubevirt(image: BootImage, { name }: OutputPlace): Promise<FileContent> {
  const leastMiB = await containerDiskMemory(image);
  const boot = bootMethod(image, containerDiskBoot);
  const machine = virtualMachine(image, { name, boot, leastMiB }, target);
  const documents = [...machine.needs.disks.map((disk) => claim(name, disk)), resource(machine)];
  return [Buffer.from(documents.map((one) => stringify(one, { lineWidth: 0 })).join('---\n'))];
}

const claimName = (name: string, disk: NeededDisk): string =>
  `${name}-${disk.name.toLowerCase().replace(/[^a-z0-9-]+/g, '-')}`;

function claim(name: string, disk: NeededDisk): unknown {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: { name: claimName(name, disk) },
    spec: {
      accessModes: ['ReadWriteOnce'],
      volumeMode: 'Block',
      resources: { requests: { storage: `${Math.ceil(diskBytes(disk) / 2 ** 20)}Mi` } },
    },
  };
}

function resource(machine: VirtualMachine): unknown {
  const { name, arch, memoryMiB, cpus, needs } = machine;
  return {
    apiVersion: 'kubevirt.io/v1',
    kind: 'VirtualMachine',
    metadata: { name },
    spec: {
      runStrategy: 'Always',
      template: {
        metadata: { labels: { 'kubevirt.io/domain': name } },
        spec: {
          architecture: arch,
          domain: {
            cpu: { cores: cpus },
            memory: { guest: `${memoryMiB}Mi` },
            machine: { type: arch === 'amd64' ? 'q35' : 'virt' },
            // The keys in its firmware are Microsoft's: it starts nothing that its user has signed.
            firmware: {
              bootloader: machine.boot === 'efi' ? { efi: { secureBoot: false } } : { bios: {} },
            },
            devices: devices(machine),
          },
          networks: [{ name: 'default', pod: {} }],
          // Services are stopped in order.
          terminationGracePeriodSeconds: 120,
          volumes: [
            { name: 'root', containerDisk: { image: imageTag(name) } },
            ...needs.disks.map((disk, at) => ({
              name: volumeName(at),
              persistentVolumeClaim: { claimName: claimName(name, disk) },
            })),
          ],
        },
      },
    },
  };
}

/** Names of the manifest's disks may be other than Kubernetes takes. */
const volumeName = (at: number): string => `disk-${at}`;

/** The channel of the guest agent is there without being asked for. */
function devices({ arch, needs }: VirtualMachine): unknown {
  return {
    autoattachGraphicsDevice: false,
    ...(needs.vsock && { autoattachVSOCK: true }),
    disks: [
      { name: 'root', bootOrder: 1, disk: { bus: 'virtio' } },
      ...needs.disks.map(({ serial }, at) => ({
        name: volumeName(at),
        ...(serial !== undefined && { serial }),
        disk: { bus: 'virtio' },
      })),
    ],
    interfaces: [{ name: 'default', model: 'virtio', masquerade: {} }],
    rng: {},
    ...(needs.tpm && { tpm: { persistent: true } }),
    ...(needs.watchdog &&
      arch === 'amd64' && {
        watchdog: { name: 'watchdog', i6300esb: { action: 'reset' } },
      }),
  };
}
