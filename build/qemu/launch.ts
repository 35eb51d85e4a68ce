import { copyFile, link, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import type { NextBoot } from '../backend/backend.ts';
import type { Machine } from '../machine/records/find.ts';
import { machineFiles } from '../machine/records/folder.ts';
import type { ToolCommand } from '../tools/command.ts';
import type { ShareLaunch } from './share/share-arguments.ts';

/** How QEMU is started; in launch.json. */
export interface QemuLaunch {
  readonly command: ToolCommand;
  /** The same machine with TCG, for a guest that prints nothing under KVM; null: no fallback. */
  readonly fallback: ToolCommand | null;
  /** Folders of the host, whose options come behind those of the command. */
  readonly shares: readonly ShareLaunch[];
  /** Absent: the machine has none. */
  readonly tpm?: TpmLaunch;
}

/** How the emulator of a TPM is started, one for each start of QEMU. */
export interface TpmLaunch {
  readonly command: ToolCommand;
  /** Where it keeps what the TPM keeps. */
  readonly folder: string;
}

/**
 * The same machine with files of its own: those in the cache are written anew by the next build. Each image
 * has a folder, so that one whose services fail does not take the place of the one before it.
 */
export async function nextVirtualMachine(
  { dir, record: { boot } }: Machine,
  { command, fallback, ...rest }: QemuLaunch,
  { kernel, initrd, top }: NextBoot,
): Promise<QemuLaunch | undefined> {
  if (boot.kind !== 'kernel' || boot.root !== null || kernel === null) return undefined;
  const folder = join(dir, machineFiles.images, top);
  makeFolder(folder, 0o700);
  const own = {
    kernel: await kept(kernel, join(folder, 'kernel')),
    initrd: await kept(initrd, join(folder, 'initrd')),
  };
  return { command: withFiles(command, own), fallback: fallback && withFiles(fallback, own), ...rest };
}

/** Makes `path` that file, as it is now. */
async function kept(file: string, path: string): Promise<string> {
  await rm(path, { force: true });
  await link(file, path).catch(() => copyFile(file, path));
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
