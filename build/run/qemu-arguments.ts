import { controlPortName } from '../../lib/bundle/bundle.ts';
import { machineFiles } from '../machine/folder.ts';
import type { MachineRecord, Publish } from '../machine/record.ts';
import type { Disk } from './disks.ts';

/** Descriptors that QEMU inherits: its end of the serial console, and of its machine protocol. */
export const qemuDescriptors = { console: 3, qmp: 4 } as const;

export interface QemuSpec extends Pick<MachineRecord, 'name' | 'accel' | 'cpus' | 'memoryMiB' | 'publish'> {
  /** Absolute paths. */
  readonly kernel: string;
  readonly initrd: string;
  /** The kernel's command line itself. */
  readonly cmdline: string;
  readonly disks: readonly Disk[];
  /** A read-only volume with the machine's metadata, or undefined. */
  readonly data: string | undefined;
}

/**
 * QEMU's command line for a machine: nothing but what is named here, no display, no firmware in the network
 * card. It runs in the machine's folder, so that the path of the control port's socket is short.
 */
export function qemuArguments(spec: QemuSpec): string[] {
  return [
    ...['-name', `guest=${comma(spec.name)}`],
    // Stopped at first, so that the monitor misses no word and no event (MachineRun lets it go).
    ...['-S', '-nodefaults', '-no-user-config', '-display', 'none'],
    // Without the disk controller that nothing hangs on, the guest loads no driver for it.
    ...['-machine', 'q35,sata=off,smbus=off'],
    ...accelerator(spec.accel),
    ...['-smp', String(spec.cpus), '-m', `${spec.memoryMiB}M`],
    ...['-kernel', spec.kernel, '-initrd', spec.initrd, '-append', spec.cmdline],
    ...['-chardev', `socket,id=qmp,fd=${qemuDescriptors.qmp}`, '-mon', 'chardev=qmp,mode=control'],
    ...[
      '-chardev',
      `socket,id=console,fd=${qemuDescriptors.console}`,
      '-device',
      'isa-serial,chardev=console',
    ],
    ...['-chardev', `socket,id=control,path=${machineFiles.port},server=on,wait=off`],
    ...['-device', 'virtio-serial-pci', '-device', `virtserialport,chardev=control,name=${controlPortName}`],
    ...['-object', 'rng-builtin,id=rng', '-device', 'virtio-rng-pci,rng=rng'],
    ...['-netdev', ['user,id=net', ...spec.publish.map(forward)].join(',')],
    ...['-device', 'virtio-net-pci,netdev=net,romfile='],
    ...spec.disks.flatMap(({ path, format }, index) => drive(`disk${index}`, path, `format=${format}`)),
    ...(spec.data === undefined ? [] : drive('data', spec.data, 'format=raw,readonly=on')),
  ];
}

/** Of TCG, one thread for each processor: with a single one QEMU 7.2 crashed guests, and it is slower. */
function accelerator(accel: MachineRecord['accel']): string[] {
  return accel === 'kvm' ? ['-accel', 'kvm', '-cpu', 'host'] : ['-accel', 'tcg,thread=multi'];
}

const forward = ({ protocol, host, hostPort, guestPort }: Publish): string =>
  `hostfwd=${protocol}:${host}:${hostPort}-:${guestPort}`;

function drive(id: string, path: string, options: string): string[] {
  return [
    '-drive',
    `if=none,id=${id},file=${comma(path)},${options}`,
    '-device',
    `virtio-blk-pci,drive=${id}`,
  ];
}

/** In QEMU's options a comma is written twice. */
const comma = (text: string): string => text.replaceAll(',', ',,');
