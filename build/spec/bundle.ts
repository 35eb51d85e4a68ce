import type { Section } from '../../lib/bundle/bundle.ts';
import { configLabel, type ImageConfig } from '../../lib/oci/types.ts';
import { parseEntryDefaults } from '../manifest/parse.ts';
import type { Entry } from '../manifest/types.ts';
import type { Spec } from './oci-runtime.ts';
import { type BundleRuntime, kitRuntime, linuxkitRuntime } from './runtime.ts';
import { type Settled, settle } from './settle.ts';
import { runtimeSpec, type Scope } from './spec.ts';

/**
 * Whose init obeys the bundle. For LinuxKit's everything is as LinuxKit writes it; for kit's there are defaults and
 * keys of our own.
 */
export type Reader = 'kit' | 'linuxkit';

export interface BundleScope extends Scope {
  readonly reader: Reader;
  readonly section: Section;
  readonly services: ReadonlySet<string>;
}

export interface BundleSpec {
  /** config.json */
  readonly spec: Spec;
  /** runtime.json, without the mounts that make the root file system: these are the layout's. */
  readonly runtime: BundleRuntime;
}

/**
 * What a line of the manifest becomes: entry + image label + image config → config.json and runtime.json. Pure.
 * @throws FieldError for the entry, KitError and KitErrors for the label
 */
export function bundleSpec(entry: Entry, image: ImageConfig['config'], scope: BundleScope): BundleSpec {
  const label = image.Labels?.[configLabel] ?? '{}';
  const settled = settle(entry, parseEntryDefaults(label, `label ${configLabel} of ${entry.image}`));
  const spec = runtimeSpec(settled, image, scope);
  if (scope.reader === 'linuxkit') return { spec, runtime: linuxkitRuntime(settled) };
  return {
    spec: withKitDefaults(spec, settled, scope.section),
    runtime: kitRuntime(settled, scope.services),
  };
}

/** Folder of the control groups of each section. */
const groups: Readonly<Record<Section, string>> = {
  onboot: 'onboot',
  onshutdown: 'onshutdown',
  services: 'svc',
};

/**
 * Beyond LinuxKit: every container has a control group and a cgroup namespace of its own, so that it is seen,
 * limited and ended as one, and does not see the others'.
 */
function withKitDefaults(spec: Spec, { name }: Settled, section: Section): Spec {
  const { linux } = spec;
  return {
    ...spec,
    linux: {
      ...linux,
      cgroupsPath: linux.cgroupsPath ?? `/${groups[section]}/${name}`,
      namespaces: [...linux.namespaces, { type: 'cgroup' }],
    },
  };
}
