import type { SourcePosition } from '../../lib/errors/errors.ts';
import type { AuditedEntry } from '../promises/audited-entry.ts';
import type { Grant, Promised } from '../promises/promise.ts';

/** What became of one promise in one place. */
export interface Finding {
  readonly promise: Promised;
  /** Undefined: the machine as a whole. */
  readonly entry: AuditedEntry | undefined;
  /**
   * kept: the attack was refused. granted: it succeeded, and the entry asked for what makes it so. broken: it
   * succeeded. unknown: it was not carried out, or failed by itself. untried: it does not apply here, or
   * there is nothing to attack.
   */
  readonly outcome: 'kept' | 'granted' | 'broken' | 'unknown' | 'untried';
  /** What the attack reached, what refused it, or why it was not tried. */
  readonly detail: string;
  readonly grants?: readonly PlacedGrant[];
}

/** A grant, and who gave it. */
export interface PlacedGrant extends Grant {
  /** `manifest`, `label of pkg/dhcp` */
  readonly by: string;
  /** In the manifest. */
  readonly place?: SourcePosition | undefined;
}
