import { KitError } from '../../lib/errors/errors.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { Bodies } from '../layers/bodies.ts';
import { mergedFiles } from '../layers/merge.ts';
import { type ImageUser, isRootUser, resolveUser } from '../spec/image/image-user.ts';
import { resolveIn } from '../tree/tree.ts';
import type { Work } from '../work.ts';

/** Of /etc/passwd and /etc/group. */
const mostBytes = 1 << 20;

/** The user that an image names; undefined for root. @throws KitError that names what is missing */
export async function imageUser(
  image: Pick<ResolvedImage, 'name' | 'config' | 'layers'>,
  work: Work,
): Promise<ImageUser | undefined> {
  const { name, config } = image;
  const { User: user } = config.config;
  if (user === undefined || isRootUser(user)) return undefined;
  const entries = await mergedFiles(image, work);
  using bodies = new Bodies();
  const read = (path: string): string | undefined => {
    const file = entries.get(resolveIn(entries, path));
    if (file?.type !== 'file') return undefined;
    if (file.size > mostBytes)
      throw new KitError(`Cannot read "/${path}" of image "${name}": it has more than 1 MiB`);
    return bodies.bytes(file).toString();
  };
  return resolveUser(user, { passwd: read('etc/passwd'), group: read('etc/group') });
}
