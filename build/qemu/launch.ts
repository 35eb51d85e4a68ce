import type { ToolCommand } from '../tools/command.ts';

/** How QEMU is started; in launch.json. */
export interface QemuLaunch {
  readonly command: ToolCommand;
  /** The same machine with TCG, for a guest that prints nothing under KVM; null: no fallback. */
  readonly fallback: ToolCommand | null;
}
