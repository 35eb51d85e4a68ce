import { mkdir, symlink } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { bootMedia } from '../backend/boot-media.ts';
import { writeDataVolume } from '../backend/data-volume.ts';
import { chooseMemory } from '../backend/image.ts';
import type { Launch, QemuLaunch } from '../backend/launch.ts';
import type { Plan } from '../backend/plan.ts';
import type { RunRequest } from '../backend/request.ts';
import { efiBootPaths } from '../binary/pe/arches.ts';
import { type Arch, hostArch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import type { Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import type { Accel } from '../machine/records/record.ts';
import type { BootMedia } from '../media/boot-media.ts';
import { makeDisks, placeDisks } from '../media/disks.ts';
import { toolCommand } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work/work.ts';
import { type Emulator, emulatorFor } from './emulator.ts';
import { type FirmwareFiles, uefiFirmware } from './firmware.ts';
import { kvmWorks } from './kvm-probe.ts';
import { type QemuSpec, qemuArguments } from './qemu-arguments.ts';

/** A virtual machine. */
export async function planQemu(request: RunRequest, context: Context, work: Work): Promise<Plan> {
  const { boot, ...image } = await bootMedia(request, context, work);
  const arch = request.arch ?? image.arch ?? hostArch;
  const emulator = await emulatorFor(arch, work);
  const memoryMiB = chooseMemory(request.memoryMiB, request.image, image.memoryMiB);
  const accel = await chooseAccel(request.accel, arch, work);
  const cpus = request.cpus ?? Math.min(2, availableParallelism());
  return {
    settings: { boot, arch, accel, cpus, memoryMiB },
    furnish: (machine) => furnish(machine, { request, boot, accel, emulator }, work),
  };
}

interface Settled {
  readonly request: RunRequest;
  readonly boot: BootMedia;
  readonly accel: Accel;
  readonly emulator: Emulator;
}

async function furnish({ dir, record }: Machine, settled: Settled, work: Work): Promise<Launch> {
  const { request, boot, accel: chosen, emulator } = settled;
  const { data, networking, usb, devices, state } = request;
  const kitTools = await toolsTree(work);
  const disks = placeDisks(request.disks, state ?? dir);
  await makeDisks(disks, kitTools, work.signal);
  const volume = data === undefined ? undefined : join(dir, machineFiles.data);
  if (data && volume) await writeDataVolume(volume, { data, name: record.name }, kitTools, work.signal);
  if (boot.kind === 'efi') await showProgram(boot.path, record.arch, dir);
  const firmware = await firmwareOf(boot, record.arch, dir, request, work);
  const spec: Omit<QemuSpec, 'accel'> = {
    ...record,
    ...{ boot, firmware, networking, disks, data: volume, usb, devices },
  };
  const command = (accel: Accel): QemuLaunch['command'] => {
    const { env, ...rest } = toolCommand(emulator.tools, emulator.program, qemuArguments({ ...spec, accel }));
    // Where QEMU keeps what a guest writes to an image that is not to be written to.
    return { ...rest, env: { ...env, TMPDIR: dir } };
  };
  const watched = request.accel === 'auto' && chosen === 'kvm' && speaks(boot);
  return { kind: 'qemu', command: command(chosen), fallback: watched ? command('tcg') : null };
}

/** A UKI is no disk: it lies where firmware looks on a removable one, in a folder that QEMU shows as such. */
async function showProgram(path: string, arch: Arch, dir: string): Promise<void> {
  const program = join(dir, machineFiles.esp, efiBootPaths[arch]);
  await mkdir(dirname(program), { recursive: true });
  await symlink(path, program);
}

async function firmwareOf(
  boot: BootMedia,
  arch: Arch,
  dir: string,
  { firmwareFile: file, state, media }: RunRequest,
  work: Work,
): Promise<FirmwareFiles | undefined> {
  const firmware = boot.kind === 'efi' ? 'uefi' : boot.kind === 'kernel' ? media.firmware : boot.firmware;
  const noBios = arch === 'arm64' && boot.kind !== 'kernel';
  if (firmware !== 'uefi' && !noBios && file === undefined) return undefined;
  return uefiFirmware(arch, dir, { file, state }, work);
}

/**
 * Whether a machine that lives is heard within seconds. A guest without a serial console gives no sign of life on it,
 * however well it lives; UEFI firmware always speaks.
 */
function speaks(boot: BootMedia): boolean {
  if (boot.kind === 'kernel') return /\bconsole=tty(?:S|AMA)0\b/.test(boot.cmdline);
  return boot.kind === 'efi' || boot.firmware === 'uefi';
}

async function chooseAccel(accel: RunRequest['accel'], arch: Arch, work: Work): Promise<Accel> {
  if (accel === 'tcg') return 'tcg';
  if (arch === hostArch && (await kvmWorks(await toolsTree(work), work))) return 'kvm';
  if (accel === 'auto') return 'tcg';
  if (arch !== hostArch)
    throw new KitError(`Cannot use KVM for ${arch}: this host is ${hostArch}`, {
      hint: '--accel auto emulates it',
    });
  throw new KitError('Cannot use KVM: /dev/kvm is missing, not ours to open, or does not run a guest', {
    hint: '--accel auto emulates where KVM does not work',
  });
}
