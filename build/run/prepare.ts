import { mkdir, rm, symlink } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { Context } from '../context.ts';
import { checkName, claimMachine } from '../machine/claim.ts';
import type { Machine } from '../machine/find.ts';
import { machineFiles, nameFrom } from '../machine/folder.ts';
import { ownProcess } from '../machine/process.ts';
import { type MachineRecord, writeJson } from '../machine/record.ts';
import { toolCommand } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import { type Arch, hostArch, type Work } from '../work.ts';
import { bootMedia } from './boot-media.ts';
import { writeDataVolume } from './data-volume.ts';
import { makeDisks, placeDisks } from './disks.ts';
import { type Emulator, emulatorFor } from './emulator.ts';
import { type FirmwareFiles, uefiFirmware } from './firmware.ts';
import { chooseMemory, imageName } from './image.ts';
import { kvmWorks } from './kvm-probe.ts';
import type { Launch } from './launch.ts';
import { checkPorts } from './publish.ts';
import { type QemuSpec, qemuArguments } from './qemu-arguments.ts';
import type { RunRequest } from './request.ts';

/**
 * Everything before the start: builds the image if it is a manifest, checks ports and memory, makes disks and
 * the data volume, and leaves a machine's folder with all that its monitor needs.
 */
export async function prepareMachine(request: RunRequest, context: Context, work: Work): Promise<Machine> {
  const wanted = {
    name: request.name ?? nameFrom(imageName(request.image)),
    exact: request.name !== undefined,
  };
  // Refused before minutes of building.
  if (wanted.exact) await checkName(context.env, wanted.name);
  await checkPorts(request.publish);
  const image = await bootMedia(request, context, work);
  const arch = request.arch ?? image.arch ?? hostArch;
  const emulator = await emulatorFor(arch, work);
  const memoryMiB = chooseMemory(request.memoryMiB, request.image, image.memoryMiB);
  const accel = await chooseAccel(request.accel, arch, work);
  const cpus = request.cpus ?? Math.min(2, availableParallelism());
  const { boot } = image;
  const machine = await claimMachine(context.env, wanted, (name) =>
    newRecord({ name, boot, arch, accel, cpus, memoryMiB, publish: request.publish }),
  );
  try {
    await furnish(machine, request, emulator, work);
    return machine;
  } catch (thrown) {
    await rm(machine.dir, { recursive: true, force: true });
    throw thrown;
  }
}

type Settings = Pick<MachineRecord, 'name' | 'boot' | 'arch' | 'accel' | 'cpus' | 'memoryMiB' | 'publish'>;

function newRecord(settings: Settings): MachineRecord {
  return {
    ...settings,
    ...{ state: 'starting', reason: '', owner: ownProcess(), qemu: null },
    ...{ createdMs: Date.now(), startedMs: null, endedMs: null },
  };
}

/** What the monitor finds in the machine's folder besides the record. */
async function furnish(
  { dir, record }: Machine,
  request: RunRequest,
  { tools, program }: Emulator,
  work: Work,
): Promise<void> {
  const { data, networking, usb, devices, state } = request;
  const kitTools = await toolsTree(work);
  const disks = placeDisks(request.disks, state ?? dir);
  await makeDisks(disks, kitTools, work.signal);
  const volume = data === undefined ? undefined : join(dir, machineFiles.data);
  if (data && volume) await writeDataVolume(volume, { data, name: record.name }, kitTools, work.signal);
  await showProgram(record, dir);
  const firmware = await firmwareOf(record, dir, request, work);
  const spec: QemuSpec = { ...record, firmware, networking, disks, data: volume, usb, devices };
  const command = (accel: MachineRecord['accel']): Launch['command'] => {
    const { env, ...rest } = toolCommand(tools, program, qemuArguments({ ...spec, accel }));
    // Where QEMU keeps what a guest writes to an image that is not to be written to.
    return { ...rest, env: { ...env, TMPDIR: dir } };
  };
  const watched = request.accel === 'auto' && record.accel === 'kvm' && speaks(record);
  const launch: Launch = { command: command(record.accel), fallback: watched ? command('tcg') : null };
  await writeJson(join(dir, machineFiles.launch), launch);
}

/** A UKI is no disk: it lies where firmware looks on a removable one, in a folder that QEMU shows as such. */
async function showProgram({ boot, arch }: MachineRecord, dir: string): Promise<void> {
  if (boot.kind !== 'efi') return;
  const folder = join(dir, machineFiles.esp, 'EFI', 'BOOT');
  await mkdir(folder, { recursive: true });
  await symlink(boot.path, join(folder, arch === 'arm64' ? 'BOOTAA64.EFI' : 'BOOTX64.EFI'));
}

async function firmwareOf(
  { boot, arch }: MachineRecord,
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
function speaks({ boot }: MachineRecord): boolean {
  if (boot.kind === 'kernel') return /\bconsole=tty(?:S|AMA)0\b/.test(boot.cmdline);
  return boot.kind === 'efi' || boot.firmware === 'uefi';
}

async function chooseAccel(
  accel: RunRequest['accel'],
  arch: Arch,
  work: Work,
): Promise<MachineRecord['accel']> {
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
