import type { DiskOption } from '../backend/request/disks.ts';

/** How `kit audit` runs an image, and what it is to keep. */
export interface AuditOptions {
  /** In namespaces of this host, without a kernel of its own. */
  readonly container: boolean;
  readonly production: boolean;
  readonly timeoutMs: number;
  /** Those that the image expects. */
  readonly disks: readonly DiskOption[];
}
