import { join } from 'node:path';
import type { PackageDefinition } from './build-yml.ts';
import { contentHash } from './inputs.ts';
import { lockFileName } from './names.ts';

/** What the lock file of a Debian package says now, as a hash; empty for the others. */
export function lockHash({ dir, source }: PackageDefinition): string {
  return source.kind === 'debian' ? contentHash(join(dir, lockFileName)) : '';
}
