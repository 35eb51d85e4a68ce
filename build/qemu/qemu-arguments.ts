import { createHash } from 'node:crypto';
import { agentPortName, controlPortName } from '../../lib/bundle/bundle.ts';
import type { DiskFile } from '../backend/request/disks.ts';
import type { HardwareName } from '../backend/request/hardware.ts';
import type { Networking } from '../backend/request/networking.ts';
import type { SwitchPort } from '../backend/request/switch-port.ts';
import type { Accel, MachineRecord, PublishedPort } from '../machine/records/record.ts';
import type { BootMedia } from '../media/boot-media.ts';
import { qemuFormat } from '../media/disk-format.ts';
import { bootArguments, needsSata } from './boot-arguments.ts';
import { cdArguments, comma, diskArguments, rawReadOnly, sataPorts } from './devices/disk.ts';
import { hardwareOf, xhci } from './devices/hardware.ts';
import { qemuFiles } from './files.ts';
import type { FirmwareFiles } from './firmware/firmware.ts';
import { type ShareLaunch, sharedMemory } from './share/share-arguments.ts';

/** Descriptors that QEMU inherits: sockets of the serial console, of QMP and of the emulator of a TPM. */
export const qemuDescriptors = { console: 3, qmp: 4, tpm: 5 } as const;

/**
 * Before its first instruction, and whenever the guest resets itself or powers off, QEMU stops until
 * QemuInstance has read all output and lets it continue: the console and QMP are two sockets, so their order
 * is not known otherwise.
 */
export const waitsForMonitor = ['-S', '-action', 'reboot=shutdown,shutdown=pause'] as const;

export interface QemuSpec extends Pick<MachineRecord, 'name' | 'arch' | 'cpus' | 'memoryMiB' | 'publish'> {
  readonly accel: Accel;
  readonly boot: BootMedia;
  /** Undefined: SeaBIOS on amd64, none on arm64. */
  readonly firmware: FirmwareFiles | undefined;
  readonly networking: Networking;
  /** `socket` may be relative to the machine's folder. */
  readonly ports: readonly SwitchPort[];
  readonly disks: readonly DiskFile[];
  readonly shares: readonly ShareLaunch[];
  /** A read-only volume with the machine's metadata, or undefined. */
  readonly data: string | undefined;
  /** An image of a disc for an optical drive, or undefined. */
  readonly cd: string | undefined;
  /** What this machine resembles, or undefined. */
  readonly hardware: HardwareName | undefined;
  /** Further values of QEMU's `-smbios`. */
  readonly smbios: readonly string[];
  readonly usb: boolean;
  readonly tpm: boolean;
  /** The port takes 4 MiB of the machine: its driver fills a queue of 1,024 buffers. */
  readonly guestAgent: boolean;
  /** Whether this host's kernel has seccomp. */
  readonly sandbox: boolean;
  /** Further values of QEMU's `-device`, as the user wrote them. */
  readonly devices: readonly string[];
}

/**
 * QEMU's command line for a machine, without default devices, display and network boot. QEMU runs in the
 * machine's folder, so that the paths of the ports' sockets are short.
 */
export function qemuArguments(spec: QemuSpec): string[] {
  const { arch, accel, boot, data, cd } = spec;
  const { bootBus, diskBus, dataBus, smbios, devices } = hardwareOf(spec.hardware, arch);
  return [
    ...['-name', `guest=${comma(spec.name)}`],
    ...waitsForMonitor,
    ...['-nodefaults', '-no-user-config', '-display', 'none'],
    ...(spec.sandbox ? sandbox(spec) : []),
    ...machine(spec),
    ...[...smbios, ...spec.smbios].flatMap((texts) => ['-smbios', texts]),
    ...['-smp', String(spec.cpus), '-m', `${spec.memoryMiB}M`],
    ...(spec.firmware ? flash(spec.firmware) : []),
    ...['-chardev', `socket,id=qmp,fd=${qemuDescriptors.qmp}`, '-mon', 'chardev=qmp,mode=control'],
    ...['-chardev', `socket,id=console,fd=${qemuDescriptors.console}`, '-serial', 'chardev:console'],
    ...['-chardev', `socket,id=control,path=${qemuFiles.port},server=on,wait=off`],
    ...['-device', 'virtio-serial-pci', '-device', `virtserialport,chardev=control,name=${controlPortName}`],
    ...(spec.guestAgent ? agentPort : []),
    ...['-object', 'rng-builtin,id=rng', '-device', 'virtio-rng-pci,rng=rng'],
    ...network(spec),
    ...spec.ports.flatMap((port, index) => switchPort(port, index, spec)),
    ...(needsScsi(spec) ? ['-device', 'virtio-scsi-pci'] : []),
    ...devices.flatMap((device) => ['-device', device]),
    ...bootArguments(boot, arch, accel, bootBus),
    // What the machine discards makes holes in the file.
    ...spec.disks.flatMap(({ path, format, serial }, index) =>
      diskArguments(diskBus, `disk${index}`, path, `format=${qemuFormat(format)},discard=unmap`, {
        serial,
        ...(diskBus === 'sata' && { port: sataPorts.disks + index }),
      }),
    ),
    ...(data === undefined ? [] : diskArguments(dataBus, 'data', data, rawReadOnly)),
    ...(cd === undefined ? [] : cdArguments('cd', cd, arch, { port: sataPorts.cd })),
    ...(spec.tpm ? tpm(spec) : []),
    ...(spec.usb && !devices.includes(xhci) ? ['-device', xhci] : []),
    ...spec.devices.flatMap((device) => ['-device', device]),
  ];
}

const agentPort = [
  ...['-chardev', `socket,id=agent,path=${qemuFiles.agent},server=on,wait=off`],
  ...['-device', `virtserialport,chardev=agent,name=${agentPortName}`],
] as const;

/**
 * A seccomp filter, so that a guest that has broken into QEMU starts no program and gains no privilege. A
 * bridge takes QEMU's setuid helper, which it starts itself.
 */
function sandbox({ networking }: QemuSpec): string[] {
  const helper = networking.kind === 'bridge' ? 'allow' : 'deny';
  const filters = ['obsolete=deny', `elevateprivileges=${helper}`, `spawn=${helper}`, 'resourcecontrol=deny'];
  return ['-sandbox', ['on', ...filters].join(',')];
}

/** Whether a disk or disc is attached to a SCSI controller. */
function needsScsi({ arch, hardware, disks, cd }: QemuSpec): boolean {
  const { bootBus, diskBus } = hardwareOf(hardware, arch);
  return (
    bootBus === 'scsi' || (diskBus === 'scsi' && disks.length > 0) || (arch === 'arm64' && cd !== undefined)
  );
}

function machine({ arch, accel, boot, firmware, hardware, cd, shares, memoryMiB }: QemuSpec): string[] {
  const memory = sharedMemory(shares, memoryMiB);
  if (arch === 'arm64') {
    // The 64-bit model that boots fastest under TCG: `max` took a fifth longer.
    const cpu = accel === 'kvm' ? 'host' : 'cortex-a57';
    const type = `virt,gic-version=max${memory.option}`;
    return ['-machine', type, ...memory.args, ...accelerator(accel), '-cpu', cpu];
  }
  // Without an unused SATA controller the guest loads no driver for it.
  const { bootBus, smbus } = hardwareOf(hardware, arch);
  const usesSata = needsSata(boot) || bootBus === 'sata' || cd !== undefined;
  const smm = firmware?.protectsVariables ? ',smm=on' : '';
  const unused = `${usesSata ? '' : ',sata=off'}${smbus ? '' : ',smbus=off'}`;
  return [
    ...['-machine', `q35${smm}${unused}${memory.option}`, ...memory.args],
    ...accelerator(accel),
    ...(accel === 'kvm' ? ['-cpu', 'host'] : []),
  ];
}

/** TCG with a thread for each processor: a single thread is slower, and QEMU 7.2 crashed guests with it. */
const accelerator = (accel: Accel): string[] =>
  accel === 'kvm' ? ['-accel', 'kvm'] : ['-accel', 'tcg,thread=multi'];

function tpm({ arch }: QemuSpec): string[] {
  return [
    ...['-chardev', `socket,id=tpm,fd=${qemuDescriptors.tpm}`, '-tpmdev', 'emulator,id=tpm,chardev=tpm'],
    ...['-device', `${arch === 'arm64' ? 'tpm-tis-device' : 'tpm-crb'},tpmdev=tpm`],
  ];
}

/** Unit 0 holds the firmware's code, unit 1 its variables. */
function flash({ code, vars, protectsVariables }: FirmwareFiles): string[] {
  const chip = (unit: number, file: string, options = ''): string[] => [
    '-drive',
    `if=pflash,unit=${unit},format=raw,file=${comma(file)}${options}`,
  ];
  if (vars === undefined) return chip(0, code);
  const locked = protectsVariables ? ['-global', 'driver=cfi.pflash01,property=secure,value=on'] : [];
  return [...locked, ...chip(0, code, ',readonly=on'), ...chip(1, vars)];
}

function network({ name, arch, hardware, networking, publish }: QemuSpec): string[] {
  if (networking.kind === 'none') return [];
  const device = `${hardwareOf(hardware, arch).network},netdev=net,romfile=`;
  if (networking.kind === 'user')
    return ['-netdev', ['user,id=net', ...publish.map(hostForward)].join(','), '-device', device];
  const backend =
    networking.kind === 'tap'
      ? `tap,id=net,ifname=${comma(networking.interface)},script=no,downscript=no`
      : `bridge,id=net,br=${comma(networking.bridge)},helper=${comma(networking.helper)}`;
  return ['-netdev', backend, '-device', `${device},mac=${macOf(name)}`];
}

/** A card whose frames go to a switch; QEMU connects again when the switch has ended and another one runs. */
function switchPort({ socket, mac }: SwitchPort, index: number, { arch, hardware }: QemuSpec): string[] {
  const address = `addr.type=unix,addr.path=${comma(socket)}`;
  return [
    ...['-netdev', `stream,id=port${index},server=off,${address},reconnect-ms=300`],
    ...['-device', `${hardwareOf(hardware, arch).network},netdev=port${index},mac=${mac},romfile=`],
  ];
}

const hostForward = ({ protocol, host, hostPort, guestPort }: PublishedPort): string =>
  `hostfwd=${protocol}:${host}:${hostPort}-:${guestPort}`;

/** On a real network an address must be unique and stay the same. 52:54:00 is the prefix that QEMU uses. */
function macOf(name: string): string {
  const [a, b, c] = createHash('sha256').update(name).digest();
  return ['52', '54', '00', ...[a, b, c].map((byte) => (byte ?? 0).toString(16).padStart(2, '0'))].join(':');
}
