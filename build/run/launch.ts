import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineFiles } from '../machine/folder.ts';
import type { MachineState } from '../machine/record.ts';
import type { ToolCommand } from '../tools/command.ts';

/** launch.json: what `kit run` has decided, and the monitor does. */
export interface Launch {
  readonly command: ToolCommand;
  /**
   * The same machine under emulation, for a KVM that shows no sign of life; null when there is nothing to
   * fall back to.
   */
  readonly fallback: ToolCommand | null;
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
