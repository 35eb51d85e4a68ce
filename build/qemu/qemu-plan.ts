import { symlink } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { makeFolder } from '../../lib/files/make-folder.ts';
import type { RunPlan } from '../backend/backend.ts';
import { writeDataVolume } from '../backend/data-volume.ts';
import { chooseMemory } from '../backend/memory.ts';
import { prepareImage } from '../backend/prepare-image.ts';
import { createDisks, placeDisks } from '../backend/request/disks.ts';
import type { RunRequest } from '../backend/request/request.ts';
import { efiBootPaths } from '../binary/pe/arches.ts';
import { type Arch, hostArch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import type { Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import type { Accel } from '../machine/records/record.ts';
import type { BootMedia } from '../media/boot-media.ts';
import { toolCommand } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';
import { chooseAccel } from './accel.ts';
import { checkHardware, unknownDrivers } from './check-hardware.ts';
import { type Emulator, emulatorFor } from './emulator.ts';
import { qemuFiles } from './files.ts';
import { type FirmwareFiles, uefiFirmware } from './firmware/firmware.ts';
import type { QemuLaunch } from './launch.ts';
import { type QemuSpec, qemuArguments } from './qemu-arguments.ts';
import { hasSeccomp } from './seccomp.ts';
import { planShares } from './share/plan-shares.ts';
import { planTpm } from './tpm/swtpm.ts';

/** Plans a virtual machine. */
export async function planQemu(
  request: RunRequest,
  context: Context,
  work: Work,
): Promise<RunPlan<QemuLaunch>> {
  const { boot, guestAgent = true, ...image } = await prepareImage(request, context, work);
  const arch = request.arch ?? image.arch ?? hostArch;
  checkHardware(request, { boot, ...image }, arch);
  const unknown = unknownDrivers(request, { boot, ...image });
  if (unknown !== undefined) work.progress.line(unknown);
  const emulator = await emulatorFor(arch, work);
  const memoryMiB = chooseMemory(request.memoryMiB, request.image, image.memoryMiB);
  const accel = await chooseAccel(request.accel, arch, work);
  const cpus = request.cpus ?? Math.min(2, availableParallelism());
  return {
    settings: { boot, arch, accel, cpus, memoryMiB },
    createFiles: (machine) => createFiles(machine, { request, boot, guestAgent, accel, emulator }, work),
  };
}

interface Decisions {
  readonly request: RunRequest;
  readonly boot: BootMedia;
  readonly guestAgent: boolean;
  readonly accel: Accel;
  readonly emulator: Emulator;
}

async function createFiles({ dir, record }: Machine, decisions: Decisions, work: Work): Promise<QemuLaunch> {
  const { request, boot, guestAgent, accel: chosen, emulator } = decisions;
  const { data, networking, usb, devices, state, cd, hardware, smbios, tpm } = request;
  // QEMU runs in the machine's folder: a relative path is short enough for an address.
  const ports = (request.ports ?? []).map((port) => ({ ...port, socket: relative(dir, port.socket) }));
  const kitTools = await toolsTree(work);
  const disks = placeDisks(request.disks, state ?? dir);
  await createDisks(disks, kitTools, work.signal);
  const volume = data === undefined ? undefined : join(dir, machineFiles.data);
  if (data && volume) await writeDataVolume(volume, { ...data, name: record.name }, kitTools, work.signal);
  if (boot.kind === 'efi') await linkEfiProgram(boot.path, record.arch, dir);
  const sandbox = hasSeccomp();
  const shares = await planShares(request.shares, sandbox, work);
  const firmware = await firmwareFor(boot, record.arch, dir, request, work);
  const spec: Omit<QemuSpec, 'accel'> = {
    ...record,
    ...{
      boot,
      firmware,
      networking,
      ports,
      disks,
      shares,
      data: volume,
      cd,
      hardware,
      smbios,
      usb,
      tpm,
      guestAgent,
      devices,
    },
    sandbox,
  };
  const command = (accel: Accel): QemuLaunch['command'] => {
    const { env, ...rest } = toolCommand(emulator.tools, emulator.program, qemuArguments({ ...spec, accel }));
    // `snapshot=on` puts the file for a guest's writes into TMPDIR.
    return { ...rest, env: { ...env, TMPDIR: dir } };
  };
  const hasFallback = request.accel === 'auto' && chosen === 'kvm' && printsEarly(boot);
  return {
    ...{ command: command(chosen), fallback: hasFallback ? command('tcg') : null, shares },
    ...(tpm && { tpm: await planTpm(request, dir, work) }),
  };
}

/**
 * Links an EFI program, in the folder shown as FAT, to where firmware looks for it (UEFI 2.10, 3.5.1.1).
 */
async function linkEfiProgram(path: string, arch: Arch, dir: string): Promise<void> {
  const program = join(dir, qemuFiles.esp, efiBootPaths[arch]);
  makeFolder(dirname(program));
  await symlink(path, program);
}

/** Undefined: SeaBIOS, or on arm64, where a kernel boots without firmware, none. */
async function firmwareFor(
  boot: BootMedia,
  arch: Arch,
  dir: string,
  { firmwareFile: file, state, media, secureBoot, image }: RunRequest,
  work: Work,
): Promise<FirmwareFiles | undefined> {
  const firmware = boot.kind === 'efi' ? 'uefi' : boot.kind === 'kernel' ? media.firmware : boot.firmware;
  if (secureBoot !== undefined && (boot.kind === 'kernel' || firmware !== 'uefi')) {
    throw new KitError(`Cannot start "${image}" with Secure Boot: UEFI firmware does not start it`, {
      hint: 'with --format uki, raw-efi or iso-efi it does',
    });
  }
  const hasNoBios = arch === 'arm64' && boot.kind !== 'kernel';
  if (firmware !== 'uefi' && !hasNoBios && file === undefined) return undefined;
  return uefiFirmware(arch, dir, { file, state, secureBoot }, work);
}

/**
 * Whether a machine that works prints something within seconds, so that silence means that KVM does not work.
 * A guest without a serial console never does; UEFI firmware always does.
 */
function printsEarly(boot: BootMedia): boolean {
  if (boot.kind === 'kernel') return /\bconsole=tty(?:S|AMA)0\b/.test(boot.cmdline);
  return boot.kind === 'efi' || boot.firmware === 'uefi';
}
