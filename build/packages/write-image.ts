import {
  configLabel,
  type Descriptor,
  type ImageConfig,
  type ImageManifest,
  mediaTypes,
} from '../../lib/oci/types.ts';
import { hashAnnotation } from '../cache/annotations.ts';
import type { Cache } from '../cache/cache.ts';
import type { Arch } from '../host/arch.ts';
import { nodePath, preloadPath } from '../spec/node-paths.ts';
import type { PackageDefinition } from './definition/build-yml.ts';

/** Name and hash of a package. */
export interface PackageId {
  /** `kit/metadata:3f2a…` */
  readonly name: string;
  /** Hash over all inputs, 40 hex digits; mostly the tag as well. */
  readonly hash: string;
}

/** Writes the image of a package into the cache under its name. */
export async function writeImage(
  cache: Cache,
  { name, hash }: PackageId,
  definition: PackageDefinition,
  layers: readonly Descriptor[],
  arch: Arch,
): Promise<void> {
  const config = await cache.addJson(imageConfig(definition, layers, arch), mediaTypes.config);
  const manifest: ImageManifest = { schemaVersion: 2, mediaType: mediaTypes.manifest, config, layers };
  const descriptor = await cache.addJson(manifest, mediaTypes.manifest);
  const platform = { os: 'linux', architecture: arch };
  await cache.refs.set(name, { ...descriptor, platform, annotations: { [hashAnnotation]: hash } });
}

const path = 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function imageConfig(definition: PackageDefinition, layers: readonly Descriptor[], arch: Arch): ImageConfig {
  const { source, labels, config, entrypoint } = definition;
  const run =
    source.kind === 'service'
      ? // Colours would be noise on a console and in logs.
        { Entrypoint: nodeCommand(source.install), Env: [path, 'NO_COLOR=1'] }
      : { ...(entrypoint ? { Entrypoint: entrypoint } : {}), Env: [path] };
  return {
    architecture: arch,
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: {
      ...run,
      Labels: { ...labels, ...(config ? { [configLabel]: JSON.stringify(config) } : {}) },
    },
    // The layers are uncompressed: their digests are their diff ids.
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  };
}

function nodeCommand(install: string): string[] {
  return [
    nodePath,
    '--disable-warning=ExperimentalWarning',
    '--enable-source-maps',
    `--require=${preloadPath}`,
    install,
  ];
}
