import type { ResourceDescriptor } from './describe-file.ts';
import type { Finding } from './finding.ts';

/** What `kit audit` has found. */
export interface Audit {
  /** As the user named it: manifests, or the image. */
  readonly subject: readonly string[];
  readonly form: 'machine' | 'container';
  readonly production: boolean;
  readonly findings: readonly Finding[];
  /** The files of the image, with their digests. */
  readonly files: readonly ResourceDescriptor[];
}
