import { type Cache, openCache } from '../../cache/cache.ts';
import type { Context } from '../../host/context.ts';
import { cacheDir } from '../../host/paths.ts';

const caches = new WeakMap<Context, Cache>();

/** The cache of a command: one however many parts of the command ask for it, closed when the command ends. */
export function cacheOf(context: Context): Cache {
  const known = caches.get(context);
  if (known) return known;
  const cache = openCache(cacheDir(context.env));
  caches.set(context, cache);
  // A failure to close must not hide the command's own; the exit of the process releases its locks and
  // scratch folders too.
  context.atEnd?.defer(() => cache.close().catch(() => {}));
  return cache;
}
