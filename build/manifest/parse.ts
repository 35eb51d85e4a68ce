import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import type { ImageRef } from '../reference/image-ref.ts';
import { checkValue, type KeyPath, type Problem, type Report } from './check.ts';
import type { ConfigManifest } from './config/read-config.ts';
import { entryDefaults, manifestFields } from './fields.ts';
import { withImageRefs } from './images/image-refs.ts';
import { record } from './kinds.ts';
import { checkNames } from './list-checks.ts';
import type { Templates } from './templates.ts';
import type {
  Budgets,
  Control,
  DiskEntry,
  Entry,
  EntryDefaults,
  FileEntry,
  KernelOptions,
  Located,
  Manifest,
  ManifestOrigin,
  MetadataSettings,
  Network,
  Signing,
  UpdateSettings,
  VolumeEntry,
  WatchdogSettings,
} from './types.ts';
import { readYaml, type YamlDocument } from './yaml-document.ts';

/** Maximum number of problems reported. */
const problemLimit = 50;

/**
 * Parses and checks one manifest. All problems are reported together, in document order.
 * @param file its name in messages @param folder absolute folder that relative paths in it are resolved
 * against
 * @param templates the values of its `@pkg:` templates @param config its manifest, if the text is a program
 * @throws KitErrors, KitError
 */
export function parseManifest(
  text: string,
  file: string,
  folder: string,
  templates?: Templates,
  config?: ConfigManifest,
): Manifest {
  const document = {
    ...readYaml(config?.json ?? text, file, templates?.texts),
    ...(config && { place: config.place }),
  };
  const value = withoutEmpty(document.value ?? {});
  const problems: Problem[] = [];
  checkValue(record(manifestFields), value, [], (problem) => problems.push(problem));
  checkLists(value, (problem) => problems.push(problem));
  const { errors: unresolved = [], folders: packages = new Map() } = templates ?? {};
  const origin = { file, folder, text, packages, place: (path: KeyPath = []) => document.place(path) };
  const errors = [...unresolved];
  const parsed = withImageRefs(value, origin, errors);
  if (problems.length + errors.length > 0) throw asErrors(problems, document, errors);
  return located(parsed, origin);
}

/**
 * Parses the entry defaults in an image label: JSON or YAML, an entry without name and image.
 * @param file the name of the label in messages
 */
export function parseEntryDefaults(text: string, file: string): EntryDefaults {
  const document = readYaml(text, file);
  const problems: Problem[] = [];
  const value = document.value ?? {};
  checkValue(record(entryDefaults), value, [], (problem) => problems.push(problem));
  if (problems.length > 0) throw asErrors(problems, document);
  return value as EntryDefaults;
}

/** Drops top-level keys without a value, such as `services:` when all its items are commented out. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null));
}

/** Reports duplicate names in `services:`, `disks:` and `volumes:`. */
function checkLists(value: unknown, report: Report): void {
  for (const key of ['services', 'disks', 'volumes']) {
    checkNames(key, listAt(value, key), (problem) => report({ ...problem, path: [key, ...problem.path] }));
  }
}

function listAt(value: unknown, key: string): unknown[] {
  const held =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return Array.isArray(held) ? held : [];
}

/** Turns problems into errors with positions, and sorts them together with other errors by position. */
export function asErrors(
  problems: readonly Problem[],
  document: Pick<YamlDocument, 'place'>,
  others: readonly KitError[] = [],
): KitErrors {
  const reported = problems.slice(0, problemLimit).map(({ path, message, onKey }) => {
    return new KitError(message(), { place: document.place(path, onKey) });
  });
  const errors = [...reported, ...others].sort(
    ({ place: a }, { place: b }) => (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0),
  );
  const more = problems.length - reported.length;
  if (more > 0) errors.push(new KitError(`and ${more} more problems`));
  return new KitErrors(errors);
}

/** The checked value as a Manifest: each item with its origin. */
function located(value: unknown, origin: ManifestOrigin): Manifest {
  const items = <T>(key: string): Located<T>[] =>
    listAt(value, key).map((item, at) => ({ value: item as T, origin: below(origin, [key, at]) }));
  const one = <T>(key: string): Located<T>[] => {
    const found = (value as Record<string, T | undefined>)[key];
    return found === undefined ? [] : [{ value: found, origin: below(origin, [key]) }];
  };
  const [kernel] = one<KernelOptions & { readonly modules?: readonly string[] }>('kernel');
  const { modules: kernelModules, ...options } = kernel?.value ?? {};
  return {
    kernel: kernel && { ...kernel, value: options },
    kernelModules: kernelModules
      ? [{ value: kernelModules, origin: below(origin, ['kernel', 'modules']) }]
      : [],
    init: items<ImageRef>('init'),
    onboot: items<Entry>('onboot'),
    onshutdown: items<Entry>('onshutdown'),
    services: items<Entry>('services'),
    files: items<FileEntry>('files'),
    disks: items<DiskEntry>('disks'),
    volumes: items<VolumeEntry>('volumes'),
    network: one<Network>('network'),
    control: one<Control>('control')[0],
    modules: one<'locked'>('modules')[0],
    watchdog: one<WatchdogSettings>('watchdog')[0],
    updates: one<UpdateSettings>('updates')[0],
    metadata: one<MetadataSettings>('metadata')[0],
    signing: one<Signing>('signing')[0],
    budgets: one<Budgets>('budgets'),
  };
}

function below(origin: ManifestOrigin, prefix: KeyPath): ManifestOrigin {
  return { ...origin, place: (path = []) => origin.place([...prefix, ...path]) };
}
