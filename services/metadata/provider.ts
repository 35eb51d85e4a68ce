import { KitError } from '../../lib/errors/errors.ts';
import type { Metadata } from '../../lib/metadata/metadata.ts';

/**
 * A source of metadata. To add a cloud: one file in `providers/` with a pure parser from the cloud's answers
 * to `Metadata`, its rows in `providers/clouds.ts` and `cloud/recognise.ts`, its fake in `test/metadata`.
 */
export interface Provider {
  /** Written to /run/config/provider; LinuxKit's names: `CDROM`. */
  readonly name: string;
  /**
   * Returns undefined if this provider has no metadata that counts.
   * @param note is told what was found and does not count, with the reason, in one sentence
   * @throws KitError if it has metadata that cannot be used
   * @throws MissingMetadataError if it ought to have metadata, and has none
   */
  probe(note: (line: string) => void): Promise<Metadata | undefined>;
  /** Called once the files of its metadata are written. @throws KitError */
  applied?(): Promise<void>;
}

/** A fault only where no other provider has metadata. */
export class MissingMetadataError extends KitError {}
