import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../../lib/files/make-folder.ts';
import type { Descriptor } from '../../lib/oci/types.ts';
import type { Cache } from './cache.ts';
import { writeJson } from './write.ts';

/**
 * The layer made earlier from these ingredients, else the result of `make`. For layers that take seconds to
 * make and that stay the same when the rest of a package changes. Concurrent processes make it once.
 */
export async function memoizedLayer(
  cache: Cache,
  ingredients: unknown,
  signal: AbortSignal,
  make: () => Promise<Descriptor>,
): Promise<Descriptor> {
  const key = createHash('sha256').update(JSON.stringify(ingredients)).digest('hex').slice(0, 32);
  const file = join(cache.dir, 'packages', `layer-${key}.json`);
  const find = async (): Promise<Descriptor> => {
    const known = await readMemo(file);
    if (known && (await cache.has(known))) return known;
    const layer = await make();
    makeFolder(dirname(file));
    await writeJson(file, layer);
    return layer;
  };
  return cache.locked(`layer-${key}`, find, { signal });
}

async function readMemo(file: string): Promise<Descriptor | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Descriptor;
  } catch {
    // Missing or damaged: the layer is made again.
    return undefined;
  }
}
