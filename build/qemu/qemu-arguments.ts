import { createHash } from 'node:crypto';
import { controlPortName } from '../../lib/bundle/bundle.ts';
import type { Networking } from '../backend/networking.ts';
import { machineFiles } from '../machine/records/folder.ts';
import type { Accel, MachineRecord, Publish } from '../machine/records/record.ts';
import type { BootMedia } from '../media/boot-media.ts';
import { type PlacedDisk, qemuFormat } from '../media/disks.ts';
import { bootArguments, comma, needsSata, virtioDisk } from './boot-arguments.ts';
import type { FirmwareFiles } from './firmware.ts';

/** Descriptors that QEMU inherits: its end of the serial console, and of its machine protocol. */
export const qemuDescriptors = { console: 3, qmp: 4 } as const;

/**
 * Before its first instruction, and when the guest resets itself or powers off, QEMU stops until the monitor has read all
 * that the guest wrote before, and lets it go (MachineRun): console and events come by two sockets, in no order.
 */
export const waitsForMonitor = ['-S', '-action', 'reboot=shutdown,shutdown=pause'] as const;

export interface QemuSpec extends Pick<MachineRecord, 'name' | 'arch' | 'cpus' | 'memoryMiB' | 'publish'> {
  readonly accel: Accel;
  readonly boot: BootMedia;
  /** Undefined: SeaBIOS, or none on architectures that have none. */
  readonly firmware: FirmwareFiles | undefined;
  readonly networking: Networking;
  readonly disks: readonly PlacedDisk[];
  /** A read-only volume with the machine's metadata, or undefined. */
  readonly data: string | undefined;
  readonly usb: boolean;
  /** More of QEMU's `-device`, as the user wrote them. */
  readonly devices: readonly string[];
}

/**
 * QEMU's command line for a machine: nothing but what is named here, no display, no firmware in the network
 * card. It runs in the machine's folder, so that the path of the control port's socket is short.
 */
export function qemuArguments(spec: QemuSpec): string[] {
  return [
    ...['-name', `guest=${comma(spec.name)}`],
    ...waitsForMonitor,
    ...['-nodefaults', '-no-user-config', '-display', 'none'],
    ...machine(spec),
    ...['-smp', String(spec.cpus), '-m', `${spec.memoryMiB}M`],
    ...(spec.firmware ? flash(spec.firmware) : []),
    ...['-chardev', `socket,id=qmp,fd=${qemuDescriptors.qmp}`, '-mon', 'chardev=qmp,mode=control'],
    ...['-chardev', `socket,id=console,fd=${qemuDescriptors.console}`, '-serial', 'chardev:console'],
    ...['-chardev', `socket,id=control,path=${machineFiles.port},server=on,wait=off`],
    ...['-device', 'virtio-serial-pci', '-device', `virtserialport,chardev=control,name=${controlPortName}`],
    ...['-object', 'rng-builtin,id=rng', '-device', 'virtio-rng-pci,rng=rng'],
    ...network(spec),
    ...bootArguments(spec.boot, spec.arch),
    ...spec.disks.flatMap(({ path, format }, index) =>
      virtioDisk(`disk${index}`, path, `format=${qemuFormat(format)}`),
    ),
    ...(spec.data === undefined ? [] : virtioDisk('data', spec.data, 'format=raw,readonly=on')),
    ...(spec.usb ? ['-device', 'qemu-xhci'] : []),
    ...spec.devices.flatMap((device) => ['-device', device]),
  ];
}

function machine({ arch, accel, boot }: QemuSpec): string[] {
  if (arch === 'arm64') {
    // Of those with 64 bits this plain one boots fastest: `max` took a fifth longer.
    const cpu = accel === 'kvm' ? 'host' : 'cortex-a57';
    return ['-machine', 'virt,gic-version=max', ...accelerator(accel), '-cpu', cpu];
  }
  // Without the disk controller that nothing hangs on, the guest loads no driver for it.
  const sata = needsSata(boot) ? '' : ',sata=off';
  return [
    ...['-machine', `q35${sata},smbus=off`],
    ...accelerator(accel),
    ...(accel === 'kvm' ? ['-cpu', 'host'] : []),
  ];
}

/** Of TCG, one thread for each processor: with a single one QEMU 7.2 crashed guests, and it is slower. */
const accelerator = (accel: Accel): string[] =>
  accel === 'kvm' ? ['-accel', 'kvm'] : ['-accel', 'tcg,thread=multi'];

/** The first chip holds the program, the second its variables. */
function flash({ code, vars }: FirmwareFiles): string[] {
  const chip = (unit: number, file: string, options = ''): string[] => [
    '-drive',
    `if=pflash,unit=${unit},format=raw,file=${comma(file)}${options}`,
  ];
  return vars === undefined ? chip(0, code) : [...chip(0, code, ',readonly=on'), ...chip(1, vars)];
}

function network({ name, networking, publish }: QemuSpec): string[] {
  if (networking.kind === 'none') return [];
  const device = 'virtio-net-pci,netdev=net,romfile=';
  if (networking.kind === 'user')
    return ['-netdev', ['user,id=net', ...publish.map(forward)].join(','), '-device', device];
  const backend =
    networking.kind === 'tap'
      ? `tap,id=net,ifname=${comma(networking.interface)},script=no,downscript=no`
      : `bridge,id=net,br=${comma(networking.bridge)},helper=${comma(networking.helper)}`;
  return ['-netdev', backend, '-device', `${device},mac=${macOf(name)}`];
}

const forward = ({ protocol, host, hostPort, guestPort }: Publish): string =>
  `hostfwd=${protocol}:${host}:${hostPort}-:${guestPort}`;

/** On a real network two machines must differ, and one be the same each time. 52:54:00 is QEMU's. */
function macOf(name: string): string {
  const [a, b, c] = createHash('sha256').update(name).digest();
  return ['52', '54', '00', ...[a, b, c].map((byte) => (byte ?? 0).toString(16).padStart(2, '0'))].join(':');
}
