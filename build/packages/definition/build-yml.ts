import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, KitError } from '../../../lib/errors/errors.ts';
import { type DebianSource, debianSource } from '../../debian/source.ts';
import { checkValue, type KeyPath, type Problem, type Report } from '../../manifest/check.ts';
import { record } from '../../manifest/kinds.ts';
import { asErrors } from '../../manifest/parse.ts';
import type { EntryDefaults } from '../../manifest/types.ts';
import { readYaml, type YamlDocument } from '../../manifest/yaml-document.ts';
import type { IcuData } from '../node-runtime/english-data.ts';
import type { ProjectProgram } from '../project/project-program.ts';
import { dockerfileError } from './dockerfile.ts';
import { type ExternalPackage, externalPackages } from './external-fields.ts';
import { buildFields, dockerFields, guestPathPattern } from './fields.ts';
import { findPackage, suggestPackage } from './find.ts';
import { type BuildYml, externalNames, isOwnPath, programFile, projectOf } from './project-of.ts';
import { shownPath } from './shown-path.ts';
import { type BuildSource, buildSource } from './source-fields.ts';

/**
 * The contents of build.yml, which describes a package. fields.ts lists its keys, docs/packages.md explains
 * them.
 *
 *   image: metadata                          kit/metadata:<hash of all inputs>
 *   service: services/metadata/main.ts       one source: `service`, `debian`, `source`, or a files/ folder
 *   config: {readonly: true, binds: […]}     defaults for manifest entries
 *
 * Layers of a `service` image, lowest first: pkg/libs, the Node runtime, those of `base`, the packages of
 * `external`, the bundled program (with its source map beside it), files/. Of the others: those of `base`,
 * the Debian files or those that were built, files/.
 */
export interface PackageDefinition {
  /** Absolute folder of build.yml. */
  readonly dir: string;
  readonly image: string;
  readonly org: string;
  readonly tag: string;
  readonly arches: readonly string[];
  readonly config: EntryDefaults | undefined;
  readonly source: PackageSource;
  /** Absolute folders. */
  readonly base: readonly string[];
  readonly labels: Readonly<Record<string, string>>;
  /** By absolute paths in the image. */
  readonly symlinks: Readonly<Record<string, string>>;
  readonly entrypoint: readonly string[] | undefined;
  /** build.yml as written, which is part of the hash. */
  readonly value: unknown;
}

export type PackageSource =
  | {
      readonly kind: 'service';
      readonly main: string;
      readonly install: string;
      /** Undefined for programs of kit. */
      readonly project: ProjectProgram | undefined;
      /** npm packages beside the bundled program. */
      readonly external: readonly ExternalPackage[];
      readonly icu: IcuData;
    }
  | { readonly kind: 'debian'; readonly debian: DebianSource }
  | { readonly kind: 'source'; readonly source: BuildSource }
  | { readonly kind: 'files' };

/** Reads and checks the build.yml in `dir`. @throws KitErrors with all its mistakes */
export async function readBuildYml(dir: string): Promise<PackageDefinition> {
  const file = join(dir, 'build.yml');
  const shown = shownPath(file);
  const text = await readFile(file, 'utf8').catch((thrown: unknown) => {
    if (codeOf(thrown) !== 'ENOENT') throw thrown;
    const hint = 'a package is a folder with a build.yml: see docs/packages.md';
    const other = dockerfileError(dir);
    if (other) throw other;
    throw new KitError(`Cannot read package "${shownPath(dir)}": it has no build.yml`, {
      hint,
      cause: thrown,
    });
  });
  return parseBuildYml(text, dir, shown);
}

/** @param file name of the text, for messages */
export function parseBuildYml(text: string, dir: string, file: string): PackageDefinition {
  const document = readYaml(text, file);
  const yml = checked(document);
  return {
    dir,
    image: yml.image,
    org: yml.org ?? 'kit',
    tag: yml.tag ?? '{{.Hash}}',
    arches: yml.arches ?? ['amd64', 'arm64'],
    config: yml.config,
    source: sourceOf(yml, dir, document),
    base: (yml.base ?? []).map((ref, at) => baseFolder(ref, dir, document, at)),
    labels: { ...(yml.gitrepo ? { 'org.opencontainers.image.source': yml.gitrepo } : {}), ...yml.labels },
    symlinks: yml.symlinks ?? {},
    entrypoint: yml.entrypoint,
    value: document.value,
  };
}

function checked(document: YamlDocument): BuildYml {
  const problems: Problem[] = [];
  const report: Report = (problem) => problems.push(problem);
  checkValue(record(buildFields), withoutDockerFields(document.value, report), [], report);
  const yml = document.value as BuildYml;
  if (problems.length === 0) checkTogether(yml, report);
  if (problems.length > 0) throw asErrors(problems.map(named), document);
  return yml;
}

/** Reports LinuxKit's keys for Dockerfiles with a specific message instead of as unknown keys. */
function withoutDockerFields(value: unknown, report: Report): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const pairs = Object.entries(value);
  for (const [key] of pairs.filter(([name]) => dockerFields.includes(name))) {
    const message = (): string =>
      `key "${key}" is for packages made with a Dockerfile, which kit does not build (docs/packages.md)`;
    report({ path: [key], message, onKey: true });
  }
  return Object.fromEntries(pairs.filter(([name]) => !dockerFields.includes(name)));
}

const serviceKeys = ['install', 'entries', 'assets', 'loaders', 'external', 'ignoreEngines', 'icu'] as const;

function checkTogether(yml: BuildYml, report: Report): void {
  const wrong = (key: string, text: string): void =>
    report({ path: [key], message: () => text, onKey: true });
  if (yml.service && yml.debian) wrong('debian', 'a package has either "service" or "debian", not both');
  if (yml.source && (yml.service || yml.debian))
    wrong('source', `a package has either "source" or "${yml.service ? 'service' : 'debian'}", not both`);
  for (const path of Object.keys(yml.source?.files ?? {}).filter((one) => !guestPathPattern.test(one)))
    report({
      path: ['source', 'files', path],
      message: () => 'must be an absolute path in the machine',
      onKey: true,
    });
  for (const key of serviceKeys) if (yml[key] && !yml.service) wrong(key, `key "${key}" needs "service"`);
  for (const path of Object.keys(yml.symlinks ?? {}).filter((one) => !guestPathPattern.test(one)))
    report({
      path: ['symlinks', path],
      message: () => 'must be an absolute path in the machine',
      onKey: true,
    });
  if (yml.debian?.firmware && !yml.debian.kernel)
    report({ path: ['debian', 'firmware'], message: () => 'key "firmware" needs "kernel"', onKey: true });
  if (yml.entrypoint && yml.service)
    wrong('entrypoint', 'key "entrypoint" is for packages without "service"');
  if (yml.external && yml.service && !isOwnPath(yml.service))
    wrong('external', 'key "external" is for a "service" beside build.yml');
  refuseTwice(yml, report);
}

function refuseTwice(yml: BuildYml, report: Report): void {
  const names = externalNames(yml);
  for (const [at, name] of names.entries()) {
    if (names.indexOf(name) !== at)
      report({ path: ['external', at], message: () => `"${name}" is there twice` });
  }
}

/** Adapts the messages of `checkValue`, which are worded for manifests. */
const named = (problem: Problem): Problem => ({
  ...problem,
  message: () => problem.message().replace(/\bthe manifest\b/, 'the package'),
});

function sourceOf(yml: BuildYml, dir: string, document: YamlDocument): PackageSource {
  if (yml.source) return { kind: 'source', source: buildSource(yml.source) };
  if (yml.debian) return { kind: 'debian', debian: withFirmware(debianSource(yml.debian)) };
  if (!yml.service) return { kind: 'files' };
  const [main, install] = [
    programFile(yml.service, dir, document, ['service']),
    yml.install ?? '/service/main.mjs',
  ];
  const isKits = !isOwnPath(yml.service);
  return {
    kind: 'service',
    main,
    install,
    project: isKits ? undefined : projectOf(yml, dir, document, main, install),
    icu: yml.icu ?? 'english',
    external: externalPackages(yml.external ?? [], (at) => document.place(['external', at])),
  };
}

/** Packages of firmware are found, locked and fetched with the others. */
function withFirmware(source: DebianSource): DebianSource {
  const { packages, firmware, keep } = source;
  if (firmware.length === 0) return source;
  return {
    ...source,
    packages: [...packages, ...firmware],
    keep: keep.length === 0 ? [] : [...keep, ...firmware],
  };
}

function baseFolder(ref: string, dir: string, document: YamlDocument, at: number): string {
  // In pkg/y/build.yml, `pkg/x` is the folder beside pkg/y; kit's checkout comes second.
  const folder = findPackage(ref, ref.startsWith('pkg/') ? dirname(dirname(dir)) : dir);
  if (folder) return folder;
  const path: KeyPath = ['base', at];
  const guess = suggestPackage(ref, dirname(dirname(dir)));
  throw new KitError(`Cannot find package "${ref}"${guess}: no such folder with a build.yml`, {
    place: document.place(path),
  });
}
