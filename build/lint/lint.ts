import { type Section, sections } from '../../lib/bundle/bundle.ts';
import { combineErrors, KitError, KitErrors, type SourcePosition } from '../../lib/errors/errors.ts';
import { kitRoot } from '../host/paths.ts';
import { imageRefs } from '../images/manifest-images.ts';
import { readImageLock } from '../lock/lock-file.ts';
import { lockName } from '../lock/names.ts';
import type { Entry, Located, Manifest, ManifestOrigin } from '../manifest/types.ts';
import { readBuildYml } from '../packages/definition/build-yml.ts';
import { findPackage, isPackageRef } from '../packages/definition/find.ts';
import { effectiveEntry, type FieldSource } from '../spec/effective-entry.ts';
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

/**
 * The findings for a manifest, in the order of its files and lines, without those that comments disable.
 * Builds nothing and contacts no registry.
 * @throws KitErrors for comments that name unknown rules
 */
export async function lintManifest(manifest: Manifest): Promise<Finding[]> {
  const sources = sourcesOf(manifest);
  const names = rules.map(({ name }) => name);
  const unknown = [...sources].flatMap(([file, text]) => unknownAllowed(text, file, names));
  if (unknown.length > 0) throw combineErrors(unknown);
  const subjects = await subjectsOf(manifest);
  const files = [...sources.keys()];
  return rules
    .flatMap((rule) => rule.find(subjects).flatMap((hit) => finding(rule, hit)))
    .sort(
      ({ place: a }, { place: b }) =>
        files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line || a.column - b.column,
    );
}

function finding({ name, why, instead }: Rule, { at, path = [], what }: Hit): Finding[] {
  const place = at.origin.place(path);
  if (allowedAt(at.origin.text ?? '', place.line).has(name)) return [];
  return [{ rule: name, place, message: `${what}: ${why}`, hint: instead }];
}

/** The text of every file, in the order of the files. */
function sourcesOf(manifest: Manifest): Map<string, string> {
  const { kernel, init, onboot, onshutdown, services, files, volumes } = manifest;
  const all: readonly Located<unknown>[] = [
    ...(kernel ? [kernel] : []),
    ...[init, onboot, onshutdown, services, files, volumes].flat(),
  ];
  return new Map(all.map(({ origin }) => [origin.file, origin.text ?? '']));
}

async function subjectsOf(manifest: Manifest): Promise<Subjects> {
  const entries = sections.flatMap((section) => manifest[section].map((entry) => subject(entry, section)));
  const refs = imageRefs(manifest);
  const locks = new Map<string, Awaited<ReturnType<typeof readImageLock>>>();
  for (const { origin } of refs) {
    if (!locks.has(origin.folder)) locks.set(origin.folder, await readImageLock(origin.folder));
  }
  const isLocked = (ref: Located<string>): boolean => !!locks.get(ref.origin.folder)?.has(lockName(ref));
  return { manifest, entries: await Promise.all(entries), isLocked };
}

async function subject({ value, origin }: Located<Entry>, section: Section): Promise<Subject> {
  const dir = packageFolder(value.image, origin);
  const label = dir === undefined ? undefined : (await definition(dir, origin)).config;
  const isKitPackage = dir?.startsWith(`${kitRoot}/pkg/`) ?? false;
  const { name, image: _, ...fields } = value;
  const sources: FieldSource[] = [
    { source: 'manifest', fields },
    { source: 'label', fields: label ?? {} },
  ];
  return { value, origin, section, effective: effectiveEntry(name, sources).entry, isKitPackage };
}

function packageFolder(image: string, { packages, folder }: ManifestOrigin): string | undefined {
  return packages?.get(image) ?? (isPackageRef(image) ? findPackage(image, folder) : undefined);
}

/** Errors in build.yml keep their position; other errors get that of the entry. */
async function definition(dir: string, origin: ManifestOrigin): ReturnType<typeof readBuildYml> {
  return readBuildYml(dir).catch((thrown: unknown) => {
    if (!(thrown instanceof KitError) || thrown instanceof KitErrors || thrown.place) throw thrown;
    throw new KitError(thrown.message, { place: origin.place(['image']), hint: thrown.hint, cause: thrown });
  });
}
