import type { Section } from '../../lib/bundle/bundle.ts';
import { configLabel, type ImageConfig } from '../../lib/oci/types.ts';
import { parseEntryDefaults } from '../manifest/parse.ts';
import type { Entry } from '../manifest/types.ts';
import { containerDefaults, imageDefaults, kitDefaults, linuxkitDefaults } from './defaults.ts';
import { everyPart } from './field-error.ts';
import { inspectorBind, inspectorMount, isNodeProgram } from './inspector.ts';
import { sortedMounts } from './oci/mounts.ts';
import type { Spec } from './oci/oci-runtime.ts';
import { runtimeSpec, type Scope } from './oci/spec.ts';
import { refuseForProduction, withoutSignalledInspector } from './production.ts';
import { type BundleRuntime, kitRuntime, linuxkitRuntime } from './runtime.ts';
import { type Layer, type Origins, type Settled, settle } from './settle.ts';

/**
 * Whose init obeys the bundle. For LinuxKit's everything is as LinuxKit writes it; for kit's there are defaults and
 * keys of our own.
 */
export type Reader = 'kit' | 'linuxkit';

export interface BundleScope extends Scope {
  readonly reader: Reader;
  readonly section: Section;
  /** Nobody looks into the services of such an image. */
  readonly production: boolean;
  readonly services: ReadonlySet<string>;
}

export interface BundleSpec {
  /** config.json */
  readonly spec: Spec;
  /** runtime.json, without the mounts that make the root file system: these are the layout's. */
  readonly runtime: BundleRuntime;
  /** Every field of the entry with the value that holds. */
  readonly settled: Settled;
  /** Who said what each field is. */
  readonly origins: Origins;
}

/**
 * What a line of the manifest becomes: entry + image label + image config → config.json and runtime.json. Pure.
 * @throws FieldErrors for the entry, KitError and KitErrors for the label
 */
export function bundleSpec(entry: Entry, image: ImageConfig['config'], scope: BundleScope): BundleSpec {
  const { entry: settled, origins } = settle(entry.name, entryLayers(entry, image, scope));
  const ofKit = scope.reader === 'kit';
  const { spec, runtime } = everyPart({
    spec: () => runtimeSpec(settled, scope),
    runtime: () => (ofKit ? kitRuntime(settled, scope.services) : linuxkitRuntime(settled)),
    allowed: () => scope.production && refuseForProduction(settled, image),
  });
  if (!ofKit) return { spec, runtime, settled, origins };
  const own = withCgroupNamespace(spec);
  if (scope.production) return { spec: withoutSignalledInspector(own, image), runtime, settled, origins };
  return { ...withInspector(entry.name, own, runtime, scope), settled, origins };
}

/** All that may set a field of an entry, highest first. */
function entryLayers(
  { name, image: ref, ...fields }: Entry,
  image: ImageConfig['config'],
  { reader, section }: BundleScope,
): Layer[] {
  const label = image.Labels?.[configLabel] ?? '{}';
  return [
    { source: 'manifest', fields },
    { source: 'label', fields: parseEntryDefaults(label, `label ${configLabel} of ${ref}`) },
    { source: 'image config', fields: imageDefaults(image) },
    ...(reader === 'kit' ? [{ source: 'kit', fields: containerDefaults(section, name) } as const] : []),
    { source: 'kit', fields: kitDefaults },
    { source: 'LinuxKit', fields: linuxkitDefaults },
  ];
}

/** Beyond LinuxKit: a debugger can be let into a Node service. */
function withInspector(
  name: string,
  spec: Spec,
  runtime: BundleRuntime,
  { section }: BundleScope,
): Pick<BundleSpec, 'spec' | 'runtime'> {
  if (section !== 'services' || !isNodeProgram(spec)) return { spec, runtime };
  return {
    spec: { ...spec, mounts: sortedMounts([...spec.mounts, inspectorBind(name)]) },
    runtime: { ...runtime, mounts: [...runtime.mounts, inspectorMount(name, spec)] },
  };
}

/** Beyond LinuxKit: a container does not see the control groups of the others. */
function withCgroupNamespace(spec: Spec): Spec {
  const { linux } = spec;
  return { ...spec, linux: { ...linux, namespaces: [...linux.namespaces, { type: 'cgroup' }] } };
}
