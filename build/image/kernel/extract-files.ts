import { createReadStream, createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readTar } from '../../../lib/archive/tar.ts';
import type { LayerTar } from '../../layers/layer-entries.ts';

/**
 * Copies files out of layers, lowest first, into `folder`: a file of a higher layer replaces that of a lower
 * one.
 * @param wanted names in `folder` by paths in the layers
 * @returns the paths that were found
 */
export async function extractFiles(
  layers: readonly LayerTar[],
  wanted: ReadonlyMap<string, string>,
  folder: string,
): Promise<Set<string>> {
  const found = new Set<string>();
  for (const layer of layers) {
    for await (const entry of readTar(createReadStream(layer.path), layer.path)) {
      const name = wanted.get(entry.path);
      if (name === undefined || entry.type !== 'file') continue;
      await pipeline(entry.body, createWriteStream(join(folder, name)));
      found.add(entry.path);
    }
  }
  return found;
}
