import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { RunPlan } from '../backend/backend.ts';
import { writeDataVolume } from '../backend/data-volume.ts';
import { prepareImage } from '../backend/prepare-image.ts';
import type { RunRequest } from '../backend/request/request.ts';
import { hostArch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { toolCommand } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';
import { containerFiles } from './files.ts';
import { initrdLayers } from './initrd-layers.ts';
import type { ContainerLaunch } from './launch.ts';
import { namespaceTools } from './namespace-tools.ts';
import { pastaArguments } from './pasta-arguments.ts';

/** Plans a container from a manifest, or from an image in format kernel+initrd. The kernel is not used. */
export async function planContainer(
  request: RunRequest,
  context: Context,
  work: Work,
): Promise<RunPlan<ContainerLaunch>> {
  refuseHardwareFlags(request);
  if (process.geteuid?.() !== 0) {
    throw new KitError(`Cannot run "${request.image}" as a container: that takes root, to mount its layers`, {
      hint: 'kit run without "container" needs no root',
    });
  }
  const { boot } = await prepareImage(
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
  const [layers, tools] = [await initrdLayers(initrd, work), await namespaceTools(work)];
  const launch: Omit<ContainerLaunch, 'hostname'> = {
    ...{ cmdline, ...layers },
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
    createFiles: async ({ dir, record }) => {
      await createFiles(dir, record.name, request.data, work);
      return { ...launch, hostname: record.name };
    },
  };
}

async function createFiles(dir: string, name: string, data: Buffer | undefined, work: Work): Promise<void> {
  await mkdir(join(dir, containerFiles.root));
  if (!data) return;
  await writeDataVolume(join(dir, machineFiles.data), { data, name }, await toolsTree(work), work.signal);
}

/** Refuses flags about hardware, which a container does not have; exported for its test. */
export function refuseHardwareFlags(request: RunRequest): void {
  const { arch, networking } = request;
  const given: readonly (readonly [flag: string, given: boolean])[] = [
    ['--disk', request.disks.length > 0],
    ['--arch', arch !== undefined && arch !== hostArch],
    ['--accel', request.accel !== 'auto'],
    ['--uefi or --bios', request.media.firmware !== undefined],
    ['--fw', request.firmwareFile !== undefined],
    ['--state', request.state !== undefined],
    ['--usb', request.usb],
    ['--device', request.devices.length > 0],
    ['--networking tap or bridge', networking.kind === 'tap' || networking.kind === 'bridge'],
  ];
  const first = given.find(([, isGiven]) => isGiven);
  if (!first) return;
  throw new KitError(`Cannot use ${first[0]} with a container: it has no hardware of its own`, {
    hint: 'kit run without "container" boots a virtual machine, which has',
    exitCode: 2,
  });
}
