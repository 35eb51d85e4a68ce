import { basename, join } from 'node:path';
import { type Descriptor, mediaTypes } from '../../lib/oci/types.ts';
import { layerAnnotation } from '../cache/annotations.ts';
import { memoizedLayer } from '../cache/layer-memo.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import { globMatcher } from '../debian/globs.ts';
import { type FetchedDebs, fetchLockedPackages, lockPackages } from '../debian/locked-packages.ts';
import { type DebianSource, isOfSource } from '../debian/source.ts';
import type { Work } from '../work.ts';
import type { BaseLayers } from './base-layers.ts';
import type { ProgramBundle } from './bundle/bundle.ts';
import { bundleLayer, filesLayer } from './bundle/layers.ts';
import { type Component, debianComponents, npmComponents, withContents } from './components.ts';
import { writeDebianLayer } from './debian/layer.ts';
import type { PackageDefinition } from './definition/build-yml.ts';
import { shownPath } from './definition/shown-path.ts';
import type { BuildSource } from './definition/source-fields.ts';
import { atPlace } from './external/at-place.ts';
import { externalComponents } from './external/components.ts';
import { externalLayer } from './external/external-layer.ts';
import { lockedSource, lockWork, ownFolder, type PackagePlan } from './plan.ts';
import { recipes, sourceHashes } from './recipes.ts';
import type { SourceBuild } from './source/build.ts';

/**
 * Fetches the .deb files of a package with a `debian` source, or what one of kind `source` is built of. May
 * update its lock file.
 */
export async function fetchDebsOf(definition: PackageDefinition, work: Work): Promise<FetchedDebs> {
  const locked = await lockedSource(definition, work);
  if (!locked) return { packages: [], debs: [] };
  return fetchLockedPackages(locked, lockWork(definition, work));
}

/** What the layers of a package are made of. */
export interface Ingredients extends FetchedDebs {
  /** What was built from source, by somebody else: then `debs` is empty. */
  readonly prebuilt?: Descriptor;
}

/** As `fetchDebsOf`; tools that nothing has to be built with are not fetched. */
export async function ingredientsOf(plan: PackagePlan, work: Work): Promise<Ingredients> {
  const { definition } = plan;
  if (definition.source.kind === 'source') {
    const { prebuiltLayer } = await import('./source/prebuilt.ts');
    const prebuilt = await prebuiltLayer(plan, shownPath(definition.dir), work);
    const locked = prebuilt && (await lockedSource(definition, work));
    if (locked)
      return { packages: await lockPackages(locked, lockWork(definition, work)), debs: [], prebuilt };
  }
  return fetchDebsOf(definition, work);
}

/**
 * All layers of the package's image, lowest first, without duplicates.
 * @param below images of the plan's bases
 */
export async function makeLayers(
  plan: PackagePlan,
  { packages, debs, prebuilt }: Ingredients,
  below: readonly ResolvedImage[],
  baseLayers: BaseLayers,
  work: Work,
): Promise<Descriptor[]> {
  const { cache } = work;
  const { source, dir } = plan.definition;
  const layers = below.map(descriptorsOf);
  if (source.kind === 'service') {
    const node = await baseLayers.nodeLayer(work, source.icu);
    // Bases may be services, too: a Node with all languages goes above theirs.
    layers.splice(source.icu === 'full' ? layers.length : 1, 0, [node]);
  }
  if (plan.external && source.kind === 'service') {
    const hasMore = plan.hasFiles || plan.bases.length > 1;
    const { external } = plan;
    const layer = await atPlace(source.external[0]?.place, work.signal, () =>
      externalLayer(external, source.install, hasMore, work),
    );
    layers.push([withContents(layer, externalComponents(plan.external))]);
  }
  if (plan.bundle && source.kind === 'service') {
    const layer = await bundleLayer(cache, plan.bundle, source.install);
    layers.push([withContents(layer, await componentsOf(plan.bundle))]);
  }
  if (source.kind === 'debian') {
    const layer = await debianLayer(source.debian, { packages, debs }, work);
    layers.push([withContents(layer, debianComponents(packages))]);
  }
  if (source.kind === 'source') {
    const { sourceLayer } = await import('./source/source-layer.ts');
    const build = sourceBuild(plan.definition, source.source, { packages, debs });
    const layer = prebuilt ?? (await sourceLayer(build, work));
    const { contains } = source.source;
    const isIn = globMatcher(contains);
    const inside = packages.filter((one) => isOfSource(one) || (contains.length > 0 && isIn(one.name)));
    layers.push([withContents(layer, debianComponents(inside))]);
  }
  if (plan.hasFiles) layers.push([await filesLayer(cache, join(dir, 'files'), plan.definition.symlinks)]);
  return [...new Map(layers.flat().map((layer) => [layer.digest, layer])).values()];
}

/** A build in the folder that all have. */
export function sourceBuild(
  definition: PackageDefinition,
  source: BuildSource,
  fetched: FetchedDebs,
): SourceBuild {
  const { dir } = definition;
  return { shown: shownPath(dir), source, fetched, own: ownFolder(definition), folder: '/build' };
}

async function componentsOf({ components, inputs }: ProgramBundle): Promise<readonly Component[]> {
  return components ?? npmComponents(inputs);
}

function descriptorsOf({ layers }: ResolvedImage): Descriptor[] {
  return layers.map(({ diffId, bytes, annotations }) => ({
    mediaType: mediaTypes.layer,
    digest: diffId,
    size: bytes,
    annotations,
  }));
}

function debianLayer(source: DebianSource, { packages, debs }: FetchedDebs, work: Work): Promise<Descriptor> {
  const { cache } = work;
  const ofFirmware = (_: string, at: number): boolean => source.firmware.includes(packages[at]?.name ?? '');
  const firmware = debs.filter(ofFirmware);
  const others = debs.filter((deb) => !firmware.includes(deb));
  // The .debs are named by their sha256.
  const ingredients = ['debian', source, debs.map((deb) => basename(deb)), sourceHashes(recipes.debianLayer)];
  return memoizedLayer(cache, ingredients, work.signal, () =>
    cache.scratch(async (scratch) => {
      const tar = join(scratch, 'layer.tar');
      const written = await writeDebianLayer(source, others, tar, work, firmware);
      return {
        ...(await cache.addFile(tar, undefined, written)),
        annotations: { [layerAnnotation]: 'debian' },
      };
    }),
  );
}
