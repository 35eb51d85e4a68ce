import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import { bootMedia } from '../backend/boot-media.ts';
import { writeDataVolume } from '../backend/data-volume.ts';
import type { ContainerLaunch } from '../backend/launch.ts';
import type { Plan } from '../backend/plan.ts';
import type { RunRequest } from '../backend/request.ts';
import { hostArch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import type { Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { toolCommand } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work/work.ts';
import { initrdLayers } from './initrd-layers.ts';
import { namespaceTools } from './namespace-tools.ts';
import { pastaArguments } from './pasta-arguments.ts';

/** The same image as a container: no kernel boots, and its init is PID 1 of new namespaces. */
export async function planContainer(request: RunRequest, context: Context, work: Work): Promise<Plan> {
  refuseWhatIsOfMachines(request);
  if (process.geteuid?.() !== 0) {
    throw new KitError(`Cannot run "${request.image}" as a container: that takes root, to mount its layers`, {
      hint: 'kit run, without container, needs no root',
    });
  }
  const { boot } = await bootMedia(
    { ...request, format: 'kernel+initrd', media: { ...request.media, as: 'kernel' }, arch: hostArch },
    context,
    work,
  );
  if (boot.kind !== 'kernel' || boot.initrd === null) {
    throw new KitError(`Cannot run "${request.image}" as a container: its layers are not in an initrd`, {
      hint: 'give a manifest, or an image in format kernel+initrd',
    });
  }
  const { initrd, cmdline } = boot;
  const [parts, tools] = [await initrdLayers(initrd, work), await namespaceTools(work)];
  const launch: Omit<ContainerLaunch, 'hostname'> = {
    ...{ kind: 'container', cmdline, ...parts },
    unshare: toolCommand(tools, 'unshare', []),
    network:
      request.networking.kind === 'none'
        ? null
        : toolCommand(tools, 'pasta', pastaArguments(request.publish)),
    ...{ memoryMiB: request.memoryMiB ?? null, cpus: request.cpus ?? null },
  };
  return {
    settings: {
      ...{ boot: { kind: 'container', initrd }, arch: hostArch, accel: 'none' },
      ...{ cpus: request.cpus ?? 0, memoryMiB: request.memoryMiB ?? 0 },
    },
    furnish: (machine) => furnish(machine, launch, request, work),
  };
}

async function furnish(
  { dir, record }: Machine,
  launch: Omit<ContainerLaunch, 'hostname'>,
  { data }: RunRequest,
  work: Work,
): Promise<ContainerLaunch> {
  await mkdir(join(dir, machineFiles.root));
  if (data) {
    const volume = { data, name: record.name };
    await writeDataVolume(join(dir, machineFiles.data), volume, await toolsTree(work), work.signal);
  }
  return { ...launch, hostname: record.name };
}

/** Flags that speak of hardware, of which there is none; exported for its test. */
export function refuseWhatIsOfMachines({
  arch,
  accel,
  disks,
  usb,
  devices,
  firmwareFile,
  state,
  ...request
}: RunRequest): void {
  const given: readonly (readonly [flag: string, given: boolean])[] = [
    ['--disk', disks.length > 0],
    ['--arch', arch !== undefined && arch !== hostArch],
    ['--accel', accel !== 'auto'],
    ['--uefi or --bios', request.media.firmware !== undefined],
    ['--fw', firmwareFile !== undefined],
    ['--state', state !== undefined],
    ['--usb', usb],
    ['--device', devices.length > 0],
    ['--networking tap or bridge', request.networking.kind === 'tap' || request.networking.kind === 'bridge'],
  ];
  const first = given.find(([, isGiven]) => isGiven);
  if (!first) return;
  throw new KitError(`Cannot use ${first[0]} with a container: it has no hardware of its own`, {
    hint: 'kit run, without container, boots a machine that has',
    exitCode: 2,
  });
}
