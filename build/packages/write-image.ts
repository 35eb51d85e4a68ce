import { dirname } from 'node:path';
import { exactJson } from '../../lib/json/exact-json.ts';
import {
  configLabel,
  type Descriptor,
  type ImageConfig,
  type ImageManifest,
  kitConfigLabel,
  mediaTypes,
} from '../../lib/oci/types.ts';
import { defaultPath } from '../../lib/process/default-path.ts';
import { hashAnnotation } from '../cache/annotations.ts';
import type { Cache } from '../cache/cache.ts';
import type { Arch } from '../host/arch.ts';
import { supervisionFields } from '../manifest/fields/supervision.ts';
import type { EntryDefaults } from '../manifest/types.ts';
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

const path = `PATH=${defaultPath}`;

function imageConfig(definition: PackageDefinition, layers: readonly Descriptor[], arch: Arch): ImageConfig {
  const { source, labels, config, entrypoint } = definition;
  const run =
    source.kind === 'service'
      ? {
          Entrypoint: nodeCommand(source.install),
          // Colours would be noise on a console and in logs.
          Env: [path, 'NO_COLOR=1'],
          // npm starts programs in the folder of the package, whose files are here.
          ...(source.project && { WorkingDir: dirname(source.install) }),
        }
      : { ...(entrypoint ? { Entrypoint: entrypoint } : {}), Env: [path] };
  return {
    architecture: arch,
    os: 'linux',
    created: '1970-01-01T00:00:00Z',
    config: {
      ...run,
      Labels: { ...labels, ...configLabels(config ?? {}) },
    },
    // The layers are uncompressed: their digests are their diff ids.
    rootfs: { type: 'layers', diff_ids: layers.map(({ digest }) => digest) },
  };
}

/** The defaults of entries: LinuxKit's builder refuses a label with keys that it does not know. */
function configLabels(config: EntryDefaults): Record<string, string> {
  const rows = Object.entries(config);
  const isOwn = ([key]: readonly [string, unknown]): boolean => Object.hasOwn(supervisionFields, key);
  const labels = { [configLabel]: rows.filter((row) => !isOwn(row)), [kitConfigLabel]: rows.filter(isOwn) };
  return Object.fromEntries(
    Object.entries(labels)
      .filter(([, fields]) => fields.length > 0)
      .map(([label, fields]) => [label, exactJson(Object.fromEntries(fields))]),
  );
}

/** The command of a TypeScript service. `install`: the path of its program. */
export function nodeCommand(install: string): string[] {
  return [
    nodePath,
    '--disable-warning=ExperimentalWarning',
    '--enable-source-maps',
    `--require=${preloadPath}`,
    install,
  ];
}
