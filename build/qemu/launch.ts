import type { ToolCommand } from '../tools/command.ts';

/** How QEMU is started; in launch.json. */
export interface QemuLaunch {
  readonly command: ToolCommand;
  /**
   * The same machine with TCG, for when KVM shows no sign of life; null: there is nothing to fall back to.
   */
  readonly fallback: ToolCommand | null;
}
