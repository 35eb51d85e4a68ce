import type { RuntimeConfig, Section } from '../../lib/bundle/bundle.ts';
import { configLabel, type ImageConfig } from '../../lib/oci/types.ts';
import { parseEntryDefaults } from '../manifest/parse.ts';
import type { Entry } from '../manifest/types.ts';
import type { Spec } from './oci-runtime.ts';
import { runtimeConfig } from './runtime.ts';
import { type Settled, settle } from './settle.ts';
import { runtimeSpec, type Scope } from './spec.ts';

export interface BundleScope extends Scope {
  readonly section: Section;
  readonly services: ReadonlySet<string>;
}

export interface BundleSpec {
  readonly spec: Spec;
  readonly runtime: RuntimeConfig;
}

/**
 * What a line of the manifest becomes: entry + image label + image config → config.json and runtime.json, with
 * kit's own defaults. Pure.
 * @throws FieldError for the entry, KitError and KitErrors for the label
 */
export function bundleSpec(entry: Entry, image: ImageConfig['config'], scope: BundleScope): BundleSpec {
  const label = image.Labels?.[configLabel] ?? '{}';
  const settled = settle(entry, parseEntryDefaults(label, `label ${configLabel} of ${entry.image}`));
  const spec = withKitDefaults(runtimeSpec(settled, image, scope), settled, scope.section);
  return { spec, runtime: runtimeConfig(settled, scope.services) };
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
