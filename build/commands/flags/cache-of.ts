import { type Cache, openCache } from '../../cache/cache.ts';
import type { Context } from '../../host/context.ts';
import { cacheDir } from '../../host/paths.ts';

const caches = new WeakMap<Context, Cache>();

/** The cache of a command: opened once, shared by all its parts, closed when the command ends. */
export function cacheOf(context: Context): Cache {
  const known = caches.get(context);
  if (known) return known;
  const cache = openCache(cacheDir(context.env));
  caches.set(context, cache);
  // A failure to close must not hide a failure of the command. When the process exits, its locks and scratch
  // folders are released anyway.
  context.atEnd?.defer(() => cache.close().catch(() => {}));
  return cache;
}
