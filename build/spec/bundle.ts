import type { Section } from '../../lib/bundle/bundle.ts';
import type { MetadataTrust } from '../../lib/bundle/metadata.ts';
import { KitError } from '../../lib/errors/errors.ts';
import { configLabel, kitConfigLabel, type RunConfig } from '../../lib/oci/types.ts';
import { withPath } from '../../lib/process/default-path.ts';
import { parseEntryDefaults } from '../manifest/parse.ts';
import type { Entry, EntryDefaults } from '../manifest/types.ts';
import { containmentDefaults, withLimits } from './containment/containment.ts';
import { compiledFilter, entrySeccomp, type SeccompContext } from './containment/entry-seccomp.ts';
import { labelRequests } from './containment/label-requests.ts';
import { refuseLandlock, withLandlock } from './containment/landlock.ts';
import { withDeviceRules, withReadonlySys } from './containment/machine-files.ts';
import { containerDefaults, kitDefaults, linuxkitDefaults } from './defaults.ts';
import { refuseImpossible } from './demands/demands.ts';
import { withUsableValues } from './demands/usable.ts';
import { withDiskFailures } from './disks/disk-failures.ts';
import {
  type EffectiveEntry,
  effectiveEntry,
  type FieldOrigins,
  type FieldSource,
} from './effective-entry.ts';
import { everyPart, FieldError } from './field-error.ts';
import { imageDefaults, kitImageDefaults } from './image/image-defaults.ts';
import type { ImageUser } from './image/image-user.ts';
import { type ImageVolume, withImageVolumes } from './image/image-volumes.ts';
import { inspectorBind, inspectorMount, isNodeProgram } from './inspector.ts';
import { withMetadataTrust } from './metadata.ts';
import { withMetadataNetwork } from './network/metadata-network.ts';
import { isOfMachine } from './oci/devices.ts';
import { sortedMounts } from './oci/mounts.ts';
import type { Spec } from './oci/oci-runtime.ts';
import { withSharedShim } from './oci/shim.ts';
import { type EntryReferences, runtimeSpec } from './oci/spec.ts';
import { refuseForProduction, withoutSignalledInspector } from './production.ts';
import { type BundleRuntime, kitRuntime, linuxkitRuntime } from './runtime.ts';
import { withBoundSys } from './users/bound-sys.ts';
import { type UserNamespaceContext, withUserNamespace } from './users/user-namespace.ts';

/** The init that reads the bundle. For LinuxKit's, the bundle contains only what LinuxKit would write. */
export type Reader = 'kit' | 'linuxkit';

export interface BundleContext extends EntryReferences, SeccompContext, UserNamespaceContext {
  readonly reader: Reader;
  readonly section: Section;
  /** `kit build --production`: no debugger, no login on the console. */
  readonly production: boolean;
  /** The image is not a package of the project, and `kit build --trust-labels` is not set. */
  readonly foreign: boolean;
  /** What metadata the machine trusts; undefined for everything. */
  readonly metadataTrust: MetadataTrust | undefined;
  /** Whether metadata may ask for a network. */
  readonly metadataNetwork: boolean;
  /** What the image's config names as its user; undefined for root. */
  readonly user?: ImageUser | KitError | undefined;
  /** The folders that the image declares as volumes. */
  readonly imageVolumes?: readonly ImageVolume[] | undefined;
  /** The kernel's limit of open files, fs.nr_open. */
  readonly openFiles: number;
  /** The names of all services of the manifest. */
  readonly services: ReadonlySet<string>;
}

export interface BundleSpec {
  /** config.json */
  readonly spec: Spec;
  /** runtime.json without the mounts of the root file system, which depend on the image layout. */
  readonly runtime: BundleRuntime;
  readonly effective: EffectiveEntry;
  readonly origins: FieldOrigins;
}

/**
 * config.json and runtime.json of an entry, from the entry itself, the label and the config of its image.
 * Pure.
 * @throws FieldErrors for the entry; KitError, KitErrors for the label
 */
export function bundleSpec(entry: Entry, image: RunConfig, context: BundleContext): BundleSpec {
  const { entry: effective, origins } = settledEntry(entry, image, context);
  const ofKit = context.reader === 'kit';
  const { spec: plain, runtime } = everyPart({
    spec: () =>
      withSeccomp(runtimeSpec(ofKit ? withNumbers(effective) : effective, context), effective, context),
    runtime: () =>
      ofKit
        ? withDiskFailures(kitRuntime(effective, context.services, origins), image)
        : linuxkitRuntime(effective),
    allowed: () => context.production && refuseForProduction(effective, image),
    trusted: () => ofKit && context.foreign && refuseUntrusted(entry, labelSources(entry.image.text, image)),
    possible: () => (ofKit ? refuseImpossible({ ...context, entry: effective }) : refuseLandlock(effective)),
  });
  const trusting = withMetadataTrust(plain, image, context.metadataTrust);
  const spec = withMetadataNetwork(trusting, image, context.metadataNetwork);
  if (!ofKit) return { spec, runtime, effective, origins };
  const filled = withImageVolumes(spec, context.imageVolumes ?? []);
  const contained = withReadonlySys(withDeviceRules(withCgroupNamespace(filled)), effective);
  const usable = withUsableValues(withBoundSys(contained, effective), context.openFiles);
  const own = withSharedShim(usable, effective);
  const finished = context.production
    ? { spec: withoutSignalledInspector(own, image), runtime }
    : withInspector(entry.name, own, runtime, context);
  return { ...finished, spec: withLandlock(finished.spec, effective), effective, origins };
}

/** The parts of the context that the effective values depend on. */
export type SettlingContext = Pick<BundleContext, 'reader' | 'section' | 'user' | 'idRanges' | 'volumes'>;

/** The effective value of every field, with containment for its own init. @throws KitError, KitErrors */
export function settledEntry(
  entry: Entry,
  image: RunConfig,
  context: SettlingContext,
): ReturnType<typeof effectiveEntry> {
  const sources = fieldSources(entry, image, context);
  const asked = effectiveEntry(entry.name, sources);
  if (context.reader === 'linuxkit') return asked;
  const defaults: FieldSource = { source: 'kit', fields: containmentDefaults(asked.entry) };
  // Before LinuxKit's defaults, which set every field.
  const settled = withDefaultPath(effectiveEntry(entry.name, sources.toSpliced(-1, 0, defaults)));
  return withUserNamespace(withLimits(settled.entry, settled.origins), context);
}

/** Not in LinuxKit: a PATH, as other engines add one, where neither the manifest nor the image sets it. */
function withDefaultPath(settled: ReturnType<typeof effectiveEntry>): typeof settled {
  const { entry, origins } = settled;
  const env = withPath(entry.env);
  if (env === entry.env) return settled;
  const others = entry.env.length > 0 ? (origins.get('env') ?? []) : [];
  const ofKit = { source: 'kit', path: ['env'] } as const;
  return { entry: { ...entry, env }, origins: new Map([...origins, ['env', [...others, ofKit]]]) };
}

/** Everything that can set a field of an entry, in order of precedence, highest first. */
function fieldSources(
  { name, image: ref, ...fields }: Entry,
  image: RunConfig,
  { reader, section, user }: SettlingContext,
): FieldSource[] {
  const before: FieldSource[] = [{ source: 'manifest', fields }, ...labelSources(ref.text, image)];
  const ofImage = (): EntryDefaults =>
    kitImageDefaults(image, section, before.some(setsUser) ? undefined : needUser(user));
  return [
    ...before,
    { source: 'image config', fields: reader === 'kit' ? ofImage() : imageDefaults(image) },
    ...(reader === 'kit' ? [{ source: 'kit', fields: containerDefaults(section, name) } as const] : []),
    { source: 'kit', fields: kitDefaults },
    { source: 'LinuxKit', fields: linuxkitDefaults },
  ];
}

/** The fields of both labels, in order of precedence. @throws KitError, KitErrors for an invalid label */
export function labelSources(ref: string, { Labels }: RunConfig): FieldSource[] {
  // Before kit had a label of its own, its fields were in LinuxKit's.
  return [kitConfigLabel, configLabel].flatMap((name) => {
    const text = Labels?.[name];
    const file = `label ${name} of ${ref}`;
    return text === undefined ? [] : [{ source: 'label', fields: parseEntryDefaults(text, file) } as const];
  });
}

/** @throws FieldError that names what the label asks for, and the keys that grant it */
function refuseUntrusted(entry: Entry, labels: readonly FieldSource[]): void {
  const requests = entry.trustLabel ? [] : labelRequests(entry, labels);
  if (requests.length === 0) return;
  throw new FieldError(
    ['image'],
    `the label of "${entry.image.text}" asks for ${requests.map(({ text }) => text).join('; ')}`,
    `\`trustLabel: true\` in the entry grants all of it, --trust-labels every label; ` +
      `or set what it needs yourself: ${requests.map(({ key }) => key).join(', ')}`,
  );
}

/** User and groups are one value: a part of another would be a user that nobody meant. */
const setsUser = ({ fields }: FieldSource): boolean => (fields.uid ?? fields.gid) !== undefined;

function needUser(user: BundleContext['user']): ImageUser | undefined {
  if (user instanceof KitError) throw new FieldError(['image'], user.message, user.hint);
  return user;
}

/** Not in LinuxKit, for which numbers that are left out are 0: the machine's devices are in runtime.json. */
const withNumbers = (entry: EffectiveEntry): EffectiveEntry => ({
  ...entry,
  devices: entry.devices.filter((device) => !isOfMachine(device)),
});

/** Not in LinuxKit, but its init passes it on to runc. @throws FieldError */
function withSeccomp(spec: Spec, entry: EffectiveEntry, context: BundleContext): Spec {
  const seccomp = entrySeccomp(entry, spec.process, context);
  if (!seccomp) return spec;
  const filtered = { ...spec, linux: { ...spec.linux, seccomp } };
  if (context.reader !== 'kit' || entry.seccomp !== 'default') return filtered;
  return { ...filtered, annotations: { ...compiledFilter(seccomp), ...spec.annotations } };
}

/** Not in LinuxKit: lets `kit debug` attach a debugger to a Node service. */
function withInspector(
  name: string,
  spec: Spec,
  runtime: BundleRuntime,
  { section }: BundleContext,
): Pick<BundleSpec, 'spec' | 'runtime'> {
  if (section !== 'services' || !isNodeProgram(spec)) return { spec, runtime };
  return {
    spec: { ...spec, mounts: sortedMounts([...spec.mounts, inspectorBind(name)]) },
    runtime: { ...runtime, mounts: [...runtime.mounts, inspectorMount(name, spec)] },
  };
}

/** Not in LinuxKit: a cgroup namespace, so that a container does not see the cgroups of others. */
function withCgroupNamespace(spec: Spec): Spec {
  const { linux } = spec;
  return { ...spec, linux: { ...linux, namespaces: [...linux.namespaces, { type: 'cgroup' }] } };
}
