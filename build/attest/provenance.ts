import { KitError } from '../../lib/errors/errors.ts';
import { layerAnnotation } from '../cache/annotations.ts';
import type { ResolvedImage } from '../cache/stored-image.ts';
import type { InventoryItem } from '../inventory/item.ts';
import { npmPurl } from '../packages/components.ts';

/** A predicate of SLSA's build provenance v1 (slsa.dev/spec/v1.0/provenance). */
export interface Provenance {
  readonly buildDefinition: {
    readonly buildType: string;
    /** What its author chose. */
    readonly externalParameters: Readonly<Record<string, string>>;
    readonly internalParameters: { readonly layers: readonly string[] };
    readonly resolvedDependencies: readonly Dependency[];
  };
  readonly runDetails: {
    readonly builder: { readonly id: string; readonly version: Readonly<Record<string, string>> };
  };
}

interface Dependency {
  /** Its package URL. */
  readonly uri: string;
  /** Of the archive that the lock file names. */
  readonly digest?: { readonly sha256: string };
}

const ownName = '@kitlinux/kit';

/**
 * What a package's image was built from: what its layers say of themselves, which kit wrote there when it
 * made them. Without times, so that equal images have equal statements.
 * @param name of the image in its registry @param version of kit
 * @throws KitError for an image that kit has not built
 */
export function provenanceOf(
  name: string,
  image: Pick<ResolvedImage, 'config' | 'layers'>,
  items: readonly InventoryItem[],
  version: string,
): Provenance {
  const kinds = image.layers.map(({ annotations }) => annotations[layerAnnotation]);
  if (kinds.every((kind) => kind === undefined)) {
    throw new KitError(`Cannot state the provenance of "${name}": its layers do not say how kit made them`, {
      hint: 'only images of kit pkg build have it; --attest spdx works for others',
    });
  }
  const { architecture, os, config } = image.config;
  const source = config.Labels?.['org.opencontainers.image.source'];
  const revision = config.Labels?.['org.opencontainers.image.revision'];
  const builder = npmPurl(ownName, version);
  return {
    buildDefinition: {
      buildType: `${builder}#pkg-build`,
      externalParameters: {
        ...{ image: name, platform: `${os}/${architecture}` },
        ...(source !== undefined && { source }),
        ...(revision !== undefined && { revision }),
      },
      internalParameters: { layers: kinds.map((kind) => kind ?? 'files') },
      resolvedDependencies: items.map(({ purl, sha256 }) => ({
        uri: purl,
        ...(sha256 !== undefined && { digest: { sha256 } }),
      })),
    },
    runDetails: { builder: { id: builder, version: { kit: version } } },
  };
}
