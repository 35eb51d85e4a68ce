import { type Cache, openCache } from '../../cache/cache.ts';
import type { Context } from '../../host/context.ts';
import { cacheDir } from '../../host/paths.ts';

/** The cache of a command: the folder KIT_CACHE. */
export const cacheOf = ({ env }: Context): Cache => openCache(cacheDir(env));
