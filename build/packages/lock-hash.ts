import { join } from 'node:path';
import { debianLockFile } from '../debian/lock-file.ts';
import type { PackageDefinition } from './definition/build-yml.ts';
import { contentHash } from './inputs.ts';

/** What the lock file of a Debian package says now, as a hash; empty for the others. */
export function lockHash({ dir, source }: PackageDefinition): string {
  return source.kind === 'debian' ? contentHash(join(dir, debianLockFile)) : '';
}
