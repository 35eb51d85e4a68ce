import { KitError } from '../../lib/errors/errors.ts';
import { readImage } from '../cache/stored-image.ts';
import { builderOf } from '../packages/builder.ts';
import { readBuildYml } from '../packages/definition/build-yml.ts';
import { shownPath } from '../packages/definition/shown-path.ts';
import { fetchDebsOf, sourceBuild } from '../packages/make-layers.ts';
import { digestOfBuild } from '../packages/source/source-layer.ts';
import type { Work } from '../work.ts';

/**
 * Builds a package from source once more, in another folder, and compares the bytes with those of its image;
 * packages of other kinds are left alone. @throws KitError when they differ
 */
export async function checkBuild(dir: string, work: Work): Promise<void> {
  const definition = await readBuildYml(dir);
  const { source } = definition;
  const shown = shownPath(dir);
  if (source.kind !== 'source') {
    work.progress.line(`Not checked: ${shown}, which is not built from source`);
    return;
  }
  const { name, hash } = await builderOf(work).id(dir);
  const image = await readImage(work.cache, name, work.arch, hash);
  const build = sourceBuild(definition, source.source, await fetchDebsOf(definition, work));
  const again = await digestOfBuild({ ...build, folder: '/another/build' }, work);
  const isThere = typeof image === 'object' && image.layers.some(({ diffId }) => diffId === again);
  if (isThere) {
    work.progress.line(`Checked: two builds of ${shown} in two folders gave the same bytes`);
    return;
  }
  throw new KitError(
    `Cannot vouch for package "${shown}": a second build in another folder gave other bytes`,
    {
      hint: 'the name of the folder, a time or a random number is in them; see docs/packages.md',
    },
  );
}
