import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineFiles } from '../machine/records/folder.ts';
import type { MachineState } from '../machine/records/record.ts';
import type { ToolCommand } from '../tools/command.ts';

/** launch.json: what `kit run` has decided, and the monitor does. */
export type Launch = QemuLaunch | ContainerLaunch;

export interface QemuLaunch {
  readonly kind: 'qemu';
  readonly command: ToolCommand;
  /**
   * The same machine under emulation, for a KVM that shows no sign of life; null when there is nothing to
   * fall back to.
   */
  readonly fallback: ToolCommand | null;
}

export interface ContainerLaunch {
  readonly kind: 'container';
  readonly hostname: string;
  readonly cmdline: string;
  /** A static one, for before there is a root file system. */
  readonly busybox: string;
  /** Root layers lowest first, the top layer last; those of services among them. */
  readonly layers: readonly ContainerLayer[];
  /** Their list, as a guest has it (lib/bundle/layers.ts). */
  readonly index: string;
  /** `unshare` with no arguments yet; it starts a program in namespaces of its own. */
  readonly unshare: ToolCommand;
  /** `pasta` with all its arguments but the namespace it is to serve; null: no network. */
  readonly network: ToolCommand | null;
  /** What the cgroup may use; null: what the host has. */
  readonly memoryMiB: number | null;
  readonly cpus: number | null;
}

export interface ContainerLayer {
  readonly id: string;
  readonly file: string;
  readonly use: 'root' | 'bundle';
}

export async function readLaunch(dir: string): Promise<Launch> {
  return JSON.parse(await readFile(join(dir, machineFiles.launch), 'utf8')) as Launch;
}

/** What the monitor tells the command that started it, over Node's IPC channel. */
export type FromMonitor =
  /** QEMU runs. */
  | { readonly kind: 'started' }
  /** It does not, and the monitor ends. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'output'; readonly bytes: Uint8Array }
  /** Something a person should know. */
  | { readonly kind: 'line'; readonly text: string }
  | { readonly kind: 'ended'; readonly state: MachineState; readonly reason: string };

/**
 * And back. A channel that closes without `detach` means that the command was killed: the machine is
 * stopped.
 */
export type ToMonitor =
  | { readonly kind: 'input'; readonly bytes: Uint8Array }
  | { readonly kind: 'detach' }
  | { readonly kind: 'stop' }
  | { readonly kind: 'quit' };
