import { copyFile, link, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readLaunch } from '../backend/launch-file.ts';
import type { ContainerLaunch } from '../container/launch.ts';
import { mountableLayers } from '../container/layers/mountable-layers.ts';
import { isRemote, type Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import { writePrivateJson } from '../machine/records/private-json.ts';
import type { QemuLaunch } from '../qemu/launch.ts';
import type { ToolCommand } from '../tools/command.ts';
import type { Work } from '../work.ts';
import type { NextImage } from './next-image.ts';

/**
 * Writes how the machine is to be started with the image: next-launch.json, which its monitor takes. False:
 * it boots from a disk or on another host, where only a new image changes what the next boot starts.
 */
export async function writeNextLaunch(machine: Machine, image: NextImage, work: Work): Promise<boolean> {
  const { dir, record } = machine;
  if (isRemote(machine)) return false;
  const old = await readLaunch(dir);
  if (record.boot.kind === 'container') {
    const launch = await containerLaunch(old as object as ContainerLaunch, image, work);
    await writePrivateJson(join(dir, machineFiles.nextLaunch), { kind: old.kind, ...launch });
    return true;
  }
  if (record.boot.kind !== 'kernel' || record.boot.root !== null || image.kernel === null) return false;
  // Files of its own: those in the cache are written anew by the next build.
  const own = {
    kernel: await kept(image.kernel, join(dir, 'kernel')),
    initrd: await kept(image.initrd, join(dir, 'initrd')),
  };
  const { command, fallback, ...rest } = old as object as QemuLaunch;
  const launch = {
    command: withFiles(command, own),
    fallback: fallback && withFiles(fallback, own),
    ...rest,
  };
  await writePrivateJson(join(dir, machineFiles.nextLaunch), { ...old, ...launch });
  return true;
}

async function containerLaunch(old: ContainerLaunch, image: NextImage, work: Work): Promise<ContainerLaunch> {
  const { cmdline, index, busybox, layers } = image;
  return { ...old, cmdline, index, busybox, layers: await mountableLayers(layers, old.ids, work) };
}

/** Makes `path` that file, as it is now. */
async function kept(file: string, path: string): Promise<string> {
  const fresh = `${path}.new`;
  await rm(fresh, { force: true });
  await link(file, fresh).catch(() => copyFile(file, fresh));
  await rename(fresh, path);
  return path;
}

/** The command line is that of the running machine, as an update does not change it. */
function withFiles(
  { args, ...rest }: ToolCommand,
  { kernel, initrd }: { readonly kernel: string; readonly initrd: string },
): ToolCommand {
  const value = (at: number, old: string): string => {
    if (args[at - 1] === '-kernel') return kernel;
    return args[at - 1] === '-initrd' ? initrd : old;
  };
  return { ...rest, args: args.map((old, at) => value(at, old)) };
}
