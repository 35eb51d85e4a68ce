import type { RuntimeConfig, Section } from '../../lib/bundle/bundle.ts';
import type { SourcePosition } from '../../lib/errors/errors.ts';
import type { KeyPath } from '../manifest/check.ts';
import type { EffectiveEntry, FieldOrigins } from '../spec/effective-entry.ts';
import type { Spec } from '../spec/oci/oci-runtime.ts';

/** A container of the image, whose promises are attacked. */
export interface AuditedEntry {
  readonly section: Section;
  readonly name: string;
  /** Its config.json. */
  readonly config: Spec;
  /** Its runtime.json. */
  readonly runtime: RuntimeConfig;
  /** The manifest's part; undefined for an image without its manifest. */
  readonly effective?: EffectiveEntry | undefined;
  readonly origins?: FieldOrigins | undefined;
  /** Its image is made for logins on the console (`loginLabel`). */
  readonly isLogin?: boolean;
  /** The reference of its image in the manifest. */
  readonly ref?: string | undefined;
  /** The position of a key of the entry in the manifest; of the entry itself without a key. */
  readonly place?: ((path?: KeyPath) => SourcePosition) | undefined;
}
