import { sections } from '../../lib/bundle/bundle.ts';
import { combineErrors, KitError, KitErrors, type SourcePosition } from '../../lib/errors/errors.ts';
import { exactJson } from '../../lib/json/exact-json.ts';
import { type ImageConfig, kitConfigLabel, layoutLabel } from '../../lib/oci/types.ts';
import { kitRoot } from '../host/paths.ts';
import { readImageLock } from '../lock/lock-file.ts';
import { lockName } from '../lock/names.ts';
import { imageRef, imageRefs } from '../manifest/images/image-refs.ts';
import type { Entry, EntryDefaults, Located, Manifest, ManifestOrigin } from '../manifest/types.ts';
import { readBuildYml } from '../packages/definition/build-yml.ts';
import { packageFolder } from '../packages/definition/find.ts';
import type { ForeignRef, ImageRef } from '../reference/image-ref.ts';
import { labelSources, type SettlingContext, settledEntry } from '../spec/bundle.ts';
import { labelRequests } from '../spec/containment/label-requests.ts';
import { machineVolumes } from '../spec/disks/volumes.ts';
import { idRanges } from '../spec/users/id-ranges.ts';
import { allowedAt, unknownAllowed } from './allow.ts';
import type { Hit, Rule, Subject, Subjects } from './rule.ts';
import { rules } from './rules.ts';

/** A violation of a rule at a position of a manifest. */
export interface Finding {
  readonly rule: string;
  readonly place: SourcePosition;
  /** What was found, and why it is a problem. */
  readonly message: string;
  /** How to fix it. */
  readonly hint: string;
}

/** The config of an image that is not a package; undefined if it is not at hand. */
export type KnownConfig = (ref: ForeignRef) => Promise<ImageConfig['config'] | undefined>;

/**
 * The findings for a manifest, in the order of its files and lines, without those that comments disable.
 * Builds nothing and contacts no registry.
 * @throws KitErrors for comments that name unknown rules, KitError for invalid labels
 */
export async function lintManifest(
  manifest: Manifest,
  knownConfig: KnownConfig = async () => undefined,
): Promise<Finding[]> {
  const sources = sourcesOf(manifest);
  const names = rules.map(({ name }) => name);
  const unknown = [...sources].flatMap(([file, text]) => unknownAllowed(text, file, names));
  if (unknown.length > 0) throw combineErrors(unknown);
  const subjects = await subjectsOf(manifest, knownConfig);
  const files = [...sources.keys()];
  return rules
    .flatMap((rule) => rule.find(subjects).flatMap((hit) => finding(rule, hit)))
    .sort(
      ({ place: a }, { place: b }) =>
        files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
    );
}

function finding(
  { name, why, ...rule }: Rule,
  { at, path = [], what, instead = rule.instead }: Hit,
): Finding[] {
  const place = at.origin.place(path);
  if (allowedAt(at.origin.text ?? '', place.line).has(name)) return [];
  return [{ rule: name, place, message: `${what}: ${why}`, hint: instead }];
}

/** The text of every file, in the order of the files. */
function sourcesOf(manifest: Manifest): Map<string, string> {
  const { kernel, init, onboot, onshutdown, services, files, disks, volumes } = manifest;
  const all: readonly Located<unknown>[] = [
    ...(kernel ? [kernel] : []),
    ...[init, onboot, onshutdown, services, files, disks, volumes].flat(),
  ];
  return new Map(all.map(({ origin }) => [origin.file, origin.text ?? '']));
}

async function subjectsOf(manifest: Manifest, knownConfig: KnownConfig): Promise<Subjects> {
  const reader = (await hasKitInit(manifest, knownConfig)) ? 'kit' : 'linuxkit';
  const names = sections.flatMap((section) => manifest[section].map(({ value }) => value.name));
  const volumes = machineVolumes(manifest);
  const context = { reader, idRanges: idRanges(names), volumes } as const;
  const entries = sections.flatMap((section) =>
    manifest[section].map((entry) => subject(entry, { ...context, section }, knownConfig)),
  );
  const refs = imageRefs(manifest);
  const locks = new Map<string, Awaited<ReturnType<typeof readImageLock>>>();
  for (const { origin } of refs) {
    if (!locks.has(origin.folder)) locks.set(origin.folder, await readImageLock(origin.folder));
  }
  const isLocked = (ref: Located<ImageRef>): boolean => !!locks.get(ref.origin.folder)?.has(lockName(ref));
  return { manifest, reader, entries: await Promise.all(entries), isLocked };
}

async function hasKitInit({ init }: Manifest, knownConfig: KnownConfig): Promise<boolean> {
  const configs = await Promise.all(init.map((ref) => configOf(ref, knownConfig)));
  return configs.some(({ Labels }) => Labels?.[layoutLabel] === 'layered');
}

/** Of a package: what its image will have, as far as lint asks for it. */
async function configOf(
  { value: image, origin }: Located<ImageRef>,
  knownConfig: KnownConfig,
): Promise<ImageConfig['config']> {
  if (image.kind !== 'package') return (await knownConfig(image)) ?? {};
  const dir = packageFolder(image);
  if (dir === undefined) return {};
  const { config, labels } = await definition(dir, origin);
  return { Labels: { ...labels, [kitConfigLabel]: exactJson(config ?? {}) } };
}

async function subject(
  { value, origin }: Located<Entry>,
  context: SettlingContext,
  knownConfig: KnownConfig,
): Promise<Subject> {
  const dir = value.image.kind === 'package' ? packageFolder(value.image) : undefined;
  const config = await configOf(imageRef(value.image, origin), knownConfig);
  const isKitPackage = dir?.startsWith(`${kitRoot}/pkg/`) ?? false;
  const labels = labelSources(value.image.text, config);
  const { entry: effective } = settledEntry(value, config, context);
  const { section } = context;
  const requests = dir === undefined ? labelRequests(value, labels) : [];
  const set: EntryDefaults = Object.assign({}, ...labels.map(({ fields }) => fields).reverse());
  const left = Object.entries(set).filter(([key]) => !Object.hasOwn(value, key));
  const inherited: EntryDefaults = isKitPackage ? {} : Object.fromEntries(left);
  return { value, origin, section, effective, inherited, requests, isKitPackage };
}

/** Errors in build.yml keep their position; other errors get that of the entry. */
async function definition(dir: string, origin: ManifestOrigin): ReturnType<typeof readBuildYml> {
  return readBuildYml(dir).catch((thrown: unknown) => {
    if (!(thrown instanceof KitError) || thrown instanceof KitErrors || thrown.place) throw thrown;
    throw new KitError(thrown.message, { place: origin.place(['image']), hint: thrown.hint, cause: thrown });
  });
}
