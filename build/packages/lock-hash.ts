import { join } from 'node:path';
import { debianLockFile } from '../debian/lock-file.ts';
import type { PackageDefinition } from './definition/build-yml.ts';
import { contentHash } from './inputs.ts';

/** A hash of the package's Debian lock file; empty for other packages. */
export function lockHash({ dir, source }: PackageDefinition): string {
  return source.kind === 'debian' || source.kind === 'source' ? contentHash(join(dir, debianLockFile)) : '';
}
