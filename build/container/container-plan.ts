import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { KitError } from '../../lib/errors/errors.ts';
import type { RunPlan } from '../backend/backend.ts';
import { writeDataVolume } from '../backend/data-volume.ts';
import { prepareInitrd } from '../backend/prepare-image.ts';
import type { RunRequest } from '../backend/request/request.ts';
import { hostArch } from '../host/arch.ts';
import type { Context } from '../host/context.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { initrdLayers } from '../media/initrd-layers.ts';
import { toolCommand } from '../tools/command.ts';
import { toolsTree } from '../tools/tree.ts';
import type { Work } from '../work.ts';
import { userScope } from './cgroup/user-scope.ts';
import { containerFiles } from './files.ts';
import { createFolders, planFolders } from './folders/plan-folders.ts';
import { userIds } from './ids/user-ids.ts';
import type { ContainerLaunch } from './launch.ts';
import { mountableLayers } from './layers/mountable-layers.ts';
import { namespaceTools } from './namespace-tools.ts';
import { userNetwork } from './network/user-network.ts';

/** Plans a container from a manifest, or from an image in format kernel+initrd. The kernel is not used. */
export async function planContainer(
  request: RunRequest,
  context: Context,
  work: Work,
): Promise<RunPlan<ContainerLaunch>> {
  refuseHardwareFlags(request);
  const folders = planFolders(request);
  const tools = await namespaceTools(work);
  const unshare = toolCommand(tools, 'unshare', []);
  // First: a build may take minutes.
  const user = await userIds(unshare, work.signal);
  if (user?.onlyOne) work.progress.line(oneIdNotice(user.onlyOne));
  const { initrd, cmdline } = await prepareInitrd(request, context, work);
  const { layers, index, busybox } = await initrdLayers(initrd, work);
  const ids = user?.ids ?? null;
  const launch: Omit<ContainerLaunch, 'hostname'> = {
    ...{ cmdline, index, busybox, folders, ids, unshare },
    layers: await mountableLayers(layers, ids, work),
    dieWithParent: toolCommand(tools, 'setpriv', ['--pdeathsig', 'KILL']),
    unpack: toolCommand(await toolsTree(work), 'fsck.erofs', []),
    scope: user ? await userScope(context.env, work.signal) : [],
    network: request.networking.kind === 'none' ? null : userNetwork(request.publish, tools),
    ports: request.ports ?? [],
    ...{ memoryMiB: request.memoryMiB ?? null, cpus: request.cpus ?? null },
  };
  return {
    settings: {
      ...{ boot: { kind: 'container', initrd }, arch: hostArch, accel: 'none' },
      ...{ cpus: request.cpus ?? 0, memoryMiB: request.memoryMiB ?? 0 },
    },
    createFiles: async ({ dir, record }) => {
      createFolders(folders, request.disks);
      await createFiles(dir, record.name, request.data, work);
      return { ...launch, hostname: record.name };
    },
  };
}

/** What a container with one id does differently, in one line; docs/running.md has the rest. */
const oneIdNotice = (why: string): string =>
  `The container has no other user than root, since ${why}: all its files and services are root's`;

async function createFiles(dir: string, name: string, data: RunRequest['data'], work: Work): Promise<void> {
  await mkdir(join(dir, containerFiles.root));
  if (!data) return;
  await writeDataVolume(join(dir, machineFiles.data), { ...data, name }, await toolsTree(work), work.signal);
}

/** Refuses flags about hardware, which a container does not have; exported for its test. */
export function refuseHardwareFlags(request: RunRequest): void {
  const { arch, networking, disks } = request;
  const given: readonly (readonly [flag: string, given: boolean])[] = [
    ['--arch', arch !== undefined && arch !== hostArch],
    ['--accel', request.accel !== 'auto'],
    ['--uefi or --bios', request.media.firmware !== undefined],
    ['--fw', request.firmwareFile !== undefined],
    ['--secure-boot', request.secureBoot !== undefined],
    // It has no variables of firmware.
    ['--state', request.state !== undefined && disks.every(({ path }) => path !== undefined)],
    ['--cd', request.cd !== undefined],
    ['--hardware', request.hardware !== undefined],
    ['--smbios', request.smbios.length > 0],
    ['--usb', request.usb],
    ['--tpm', request.tpm],
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
