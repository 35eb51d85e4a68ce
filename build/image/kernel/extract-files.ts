import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Bodies } from '../../layers/bodies.ts';
import type { LayeredImage } from '../../layers/image-stack.ts';
import { mergedFiles } from '../../layers/merge.ts';
import { resolveIn } from '../../tree/tree.ts';
import type { Work } from '../../work.ts';

/**
 * Copies files out of an image into `folder`. Links are followed.
 * @param wanted names in `folder` by paths in the image
 * @returns the paths that were found
 */
export async function extractFiles(
  image: LayeredImage,
  wanted: ReadonlyMap<string, string>,
  folder: string,
  work: Work,
): Promise<Set<string>> {
  const found = new Set<string>();
  const entries = await mergedFiles(image, work);
  using bodies = new Bodies();
  for (const [path, name] of wanted) {
    const entry = entries.get(resolveIn(entries, path));
    if (entry?.type !== 'file') continue;
    await pipeline(bodies.entry(entry).body, createWriteStream(join(folder, name)));
    found.add(path);
  }
  return found;
}
