import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { kitRoot } from '../../host/paths.ts';
import type { Work } from '../../work.ts';
import { isRecorded } from './record.ts';

/**
 * Checks the types of a user's program with the TypeScript of its project, if that has one and a
 * tsconfig.json. Costs a few stat(2) calls when nothing has changed since the last check.
 * @param dir absolute folder of the package
 * @throws KitErrors for type errors, with their places
 */
export async function checkTypes(dir: string, work: Work): Promise<void> {
  // kit's own packages are checked when kit is.
  if (dir.startsWith(join(kitRoot, 'pkg/'))) return;
  const name = createHash('sha256').update(dir).digest('hex').slice(0, 32);
  const stem = join(work.cache.dir, 'packages', `types-${name}`);
  if (await isRecorded(`${stem}.json`)) return;
  // Loaded late: most builds have nothing to check.
  const { checkNow } = await import('./check-now.ts');
  await checkNow(dir, stem, work);
}
