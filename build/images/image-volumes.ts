import type { ResolvedImage } from '../cache/stored-image.ts';
import { mergedFiles } from '../layers/merge.ts';
import { imageHints } from '../spec/image/image-hints.ts';
import type { ImageVolume } from '../spec/image/image-volumes.ts';
import { resolveIn } from '../tree/tree.ts';
import type { Work } from '../work.ts';

/** The volumes of an image as its layers have them; one that is no folder there is left out. */
export async function imageVolumes(
  image: Pick<ResolvedImage, 'name' | 'config' | 'layers'>,
  work: Work,
): Promise<ImageVolume[]> {
  const { volumes } = imageHints(image.config.config);
  if (volumes.length === 0) return [];
  const tree = await mergedFiles(image, work);
  return volumes.flatMap((path) => {
    const at = resolveIn(tree, path);
    const found = tree.get(at);
    if (found && found.type !== 'directory') return [];
    const { mode = 0o755, uid = 0, gid = 0 } = found ?? {};
    const inside = [...tree.values()].filter((entry) => entry.path.startsWith(`${at}/`));
    const bytes = inside.reduce((sum, { size }) => sum + size, 0);
    return [{ path, mode: mode & 0o7777, uid, gid, bytes }];
  });
}
