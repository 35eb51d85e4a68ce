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
