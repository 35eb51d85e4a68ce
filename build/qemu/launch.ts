import type { ToolCommand } from '../tools/command.ts';
import type { ShareServerCommand } from './share/share-server.ts';

/** How QEMU is started; in launch.json. */
export interface QemuLaunch {
  readonly command: ToolCommand;
  /** The same machine with TCG, for a guest that prints nothing under KVM; null: no fallback. */
  readonly fallback: ToolCommand | null;
  /** Programs that QEMU needs for folders of the host. */
  readonly shareServers: readonly ShareServerCommand[];
  /** Absent: the machine has none. */
  readonly tpm?: TpmLaunch;
}

/** How the emulator of a TPM is started, one for each start of QEMU. */
export interface TpmLaunch {
  readonly command: ToolCommand;
  /** Where it keeps what the TPM keeps. */
  readonly folder: string;
}
