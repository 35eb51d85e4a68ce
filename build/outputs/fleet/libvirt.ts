import { agentPortName } from '../../../lib/bundle/bundle.ts';
import { guidOf } from '../../binary/partitions/guid.ts';
import type { BootImage } from '../../image/plan/boot-image.ts';
import { kernelFileSuffixes } from '../kernel-files.ts';
import type { FileContent, OutputFormat, OutputPlace } from '../output.ts';
import {
  type Boot,
  letter,
  refusedVirtioSerial,
  type VirtualMachine,
  virtualMachine,
} from './virtual-machine.ts';
import { type Element, element, xmlText } from './xml.ts';

/** The folder that libvirt's default pool and its security profiles are for. */
export const libvirtImages = '/var/lib/libvirt/images';

const target = {
  title: 'libvirt',
  names: /^[A-Za-z0-9_.+-]{1,200}$/,
  namesHint: 'letters, digits and "_.+-"',
  drivers: ['virtio_blk', 'virtio_net'],
  devices: '/dev/vd',
  refusedSerial: refusedVirtioSerial,
} as const;

/**
 * The domain XML (libvirt.org/formatdomain.html) of a machine whose files are those of `beside`.
 * @param leastMiB of memory
 */
export function libvirtDomain(
  boot: Boot,
  beside: OutputFormat,
): Required<Pick<OutputFormat, 'content' | 'memoryMiB'>> {
  const memoryMiB = (image: BootImage): Promise<number> => beside.memoryMiB?.(image) ?? image.memoryMiB();
  return {
    memoryMiB,
    async content(image, { name }: OutputPlace): Promise<FileContent> {
      const machine = virtualMachine(image, { name, boot, leastMiB: await memoryMiB(image) }, target);
      const hasInitrd = (await image.initrd()).length > 0;
      return [Buffer.from(xmlText(domain(machine, beside.suffix ?? '', hasInitrd)))];
    },
  };
}

/** Sections in the order of libvirt's own output. */
function domain(machine: VirtualMachine, diskSuffix: string, hasInitrd: boolean): Element {
  const { name, arch, memoryMiB, cpus } = machine;
  return element('domain', { type: 'kvm' }, [
    element('name', {}, name),
    element('uuid', {}, uuidOf(name)),
    element('memory', { unit: 'MiB' }, memoryMiB),
    element('vcpu', {}, cpus),
    os(machine, hasInitrd),
    element('features', {}, features(machine)),
    // All that the host has: with KVM its own model, and it works with emulation too.
    element('cpu', { mode: 'maximum' }),
    element('clock', { offset: 'utc' }),
    element('devices', {}, [
      ...(machine.boot === 'kernel' ? [] : [bootDisk(`${name}${diskSuffix}`)]),
      ...dataDisks(machine),
      element('interface', { type: 'network' }, [
        element('source', { network: 'default' }),
        element('model', { type: 'virtio' }),
      ]),
      ...consoles(machine),
      ...agentChannel(machine),
      ...tpm(machine),
      machine.needs.watchdog && arch === 'amd64'
        ? element('watchdog', { model: 'i6300esb', action: 'reset' })
        : undefined,
      element('memballoon', { model: 'virtio' }),
      element('rng', { model: 'virtio' }, [element('backend', { model: 'random' }, '/dev/urandom')]),
      machine.needs.vsock
        ? element('vsock', { model: 'virtio' }, [element('cid', { auto: 'yes' })])
        : undefined,
    ]),
  ]);
}

/**
 * The same for every build of a name: libvirt refuses another UUID for a name that it has, and keeps the
 * state of TPMs and the variables of firmware by UUID, so that a new image would lose them.
 */
function uuidOf(name: string): string {
  const hex = guidOf(Buffer.from(name), 'libvirt domain').toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function os({ name, arch, boot, signed, cmdline }: VirtualMachine, hasInitrd: boolean): Element {
  const [machine, cpu] = arch === 'amd64' ? ['q35', 'x86_64'] : ['virt', 'aarch64'];
  const type = element('type', { arch: cpu, machine }, 'hvm');
  const file = (suffix: string): string => `${libvirtImages}/${name}${suffix}`;
  if (boot === 'kernel') {
    return element('os', {}, [
      type,
      element('kernel', {}, file(kernelFileSuffixes.kernel)),
      hasInitrd ? element('initrd', {}, file(kernelFileSuffixes.initrd)) : undefined,
      cmdline === '' ? undefined : element('cmdline', {}, cmdline),
    ]);
  }
  if (boot === 'bios') return element('os', {}, [type]);
  return element('os', { firmware: 'efi' }, [type, element('firmware', {}, secureBoot(arch, signed))]);
}

/**
 * Firmware without keys, in setup mode, for an image that is signed: those that are usually enrolled are not
 * its user's. Distributions have none of it for arm64.
 */
function secureBoot(arch: VirtualMachine['arch'], signed: boolean): Element[] {
  const feature = (name: string, enabled: 'yes' | 'no'): Element => element('feature', { enabled, name });
  if (!signed || arch !== 'amd64') return [feature('secure-boot', 'no')];
  return [feature('enrolled-keys', 'no'), feature('secure-boot', 'yes')];
}

/** On arm64, libvirt refuses ACPI without UEFI. */
function features({ arch, boot }: VirtualMachine): Element[] {
  if (arch === 'amd64') return [element('acpi'), element('apic')];
  return [...(boot === 'efi' ? [element('acpi')] : []), element('gic', { version: '3' })];
}

const qcow2Driver = (options = {}): Element => element('driver', { name: 'qemu', type: 'qcow2', ...options });

/** Nothing writes to it, so that several machines can start from one file. */
function bootDisk(file: string): Element {
  return element('disk', { type: 'file', device: 'disk' }, [
    qcow2Driver(),
    element('source', { file: `${libvirtImages}/${file}` }),
    element('target', { dev: 'vda', bus: 'virtio' }),
    element('readonly'),
    element('boot', { order: 1 }),
  ]);
}

function dataDisks({ name, boot, needs }: VirtualMachine): Element[] {
  const before = boot === 'kernel' ? 0 : 1;
  return needs.disks.map((disk, at) =>
    element('disk', { type: 'file', device: 'disk' }, [
      qcow2Driver({ discard: 'unmap' }),
      element('source', { file: `${libvirtImages}/${name}-${disk.name}.qcow2` }),
      element('target', { dev: `vd${letter(at + before)}`, bus: 'virtio' }),
      disk.serial === undefined ? undefined : element('serial', {}, disk.serial),
    ]),
  );
}

/** The serial port, and virtio's console if the kernel writes there. */
function consoles({ cmdline }: VirtualMachine): Element[] {
  const virtio = /(?:^|\s)console=hvc0(?:[\s,]|$)/.test(cmdline);
  return [
    element('serial', { type: 'pty' }, [element('target', { port: 0 })]),
    element('console', { type: 'pty' }, [element('target', { type: 'serial', port: 0 })]),
    ...(virtio
      ? [element('console', { type: 'pty' }, [element('target', { type: 'virtio', port: 1 })])]
      : []),
  ];
}

function agentChannel({ needs }: VirtualMachine): Element[] {
  if (!needs.guestAgent) return [];
  return [element('channel', { type: 'unix' }, [element('target', { type: 'virtio', name: agentPortName })])];
}

function tpm({ arch, needs }: VirtualMachine): Element[] {
  if (!needs.tpm) return [];
  const backend = element('backend', { type: 'emulator', version: '2.0', persistent_state: 'yes' });
  return [element('tpm', { model: arch === 'amd64' ? 'tpm-crb' : 'tpm-tis' }, [backend])];
}
