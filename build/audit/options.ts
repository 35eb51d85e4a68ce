import type { DiskOption } from '../backend/request/disks.ts';
import type { RunRequest } from '../backend/request/request.ts';

/** How `kit audit` runs an image, and what it is to keep. */
export interface AuditOptions {
  /** In namespaces of this host, without a kernel of its own. */
  readonly container: boolean;
  /** Whether the machine has a TPM 2.0. */
  readonly tpm: boolean;
  readonly production: boolean;
  readonly timeoutMs: number;
  /** Those that the image expects. */
  readonly disks: readonly DiskOption[];
  /** The metadata that the image expects; undefined leaves the data volume to the attacker. */
  readonly data: RunRequest['data'];
}
