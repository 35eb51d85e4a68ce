import { KitError, KitErrors } from '../../lib/errors/errors.ts';
import { checkValue, type Path, type Problem, type Report } from './check.ts';
import { readYaml, type YamlDocument } from './document.ts';
import { entryDefaults, manifestFields } from './fields.ts';
import { record } from './kinds.ts';
import { checkNames } from './rules.ts';
import type { Templates } from './templates.ts';
import type {
  Budgets,
  Control,
  Entry,
  EntryDefaults,
  FileEntry,
  Kernel,
  Located,
  Manifest,
  Network,
  Origin,
  Volume,
} from './types.ts';

/** Past this many problems a list helps nobody. */
const problemLimit = 50;

/**
 * One manifest, checked. Every problem is reported at once, in the order of the text.
 * @param file what messages call it @param folder absolute; what relative paths in it mean
 * @param templates what its `@pkg:` texts stand for
 * @throws KitErrors, KitError
 */
export function parseManifest(text: string, file: string, folder: string, templates?: Templates): Manifest {
  const document = readYaml(text, file, templates?.texts);
  const value = withoutEmpty(document.value ?? {});
  const problems: Problem[] = [];
  checkValue(record(manifestFields), value, [], (problem) => problems.push(problem));
  checkLists(value, (problem) => problems.push(problem));
  const { errors = [], folders: packages = new Map() } = templates ?? {};
  if (problems.length + errors.length > 0) throw asErrors(problems, document, errors);
  return located(value, { file, folder, text, packages, place: (path = []) => document.place(path) });
}

/**
 * The defaults that a label (or the `config` of a build.yml) holds: JSON or YAML, an entry without name and image.
 * @param file what messages call it
 */
export function parseEntryDefaults(text: string, file: string): EntryDefaults {
  const document = readYaml(text, file);
  const problems: Problem[] = [];
  const value = document.value ?? {};
  checkValue(record(entryDefaults), value, [], (problem) => problems.push(problem));
  if (problems.length > 0) throw asErrors(problems, document);
  return value as EntryDefaults;
}

/** `services:` with nothing after it means none, as people leave it when they comment out the last one. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).filter(([, item]) => item !== null));
}

/** Names that only one item may have. */
function checkLists(value: unknown, report: Report): void {
  for (const key of ['services', 'volumes']) {
    checkNames(key, listAt(value, key), (problem) => report({ ...problem, path: [key, ...problem.path] }));
  }
}

function listAt(value: unknown, key: string): unknown[] {
  const held =
    typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined;
  return Array.isArray(held) ? held : [];
}

/** Problems with their places, and errors that have theirs, in the order of the text. */
export function asErrors(
  problems: readonly Problem[],
  document: Pick<YamlDocument, 'place'>,
  others: readonly KitError[] = [],
): KitErrors {
  const said = problems.slice(0, problemLimit).map(({ path, say, onKey }) => {
    return new KitError(say(), { place: document.place(path, onKey) });
  });
  const errors = [...said, ...others].sort(
    ({ place: a }, { place: b }) => (a?.line ?? 0) - (b?.line ?? 0) || (a?.column ?? 0) - (b?.column ?? 0),
  );
  const more = problems.length - said.length;
  if (more > 0) errors.push(new KitError(`and ${more} more problems`));
  return new KitErrors(errors);
}

/** The checked value, each item with its place. */
function located(value: unknown, origin: Origin): Manifest {
  const items = <T>(key: string): Located<T>[] =>
    listAt(value, key).map((item, at) => ({ value: item as T, origin: below(origin, [key, at]) }));
  const one = <T>(key: string): Located<T>[] => {
    const found = (value as Record<string, T | undefined>)[key];
    return found === undefined ? [] : [{ value: found, origin: below(origin, [key]) }];
  };
  return {
    kernel: one<Kernel>('kernel')[0],
    init: items<string>('init'),
    onboot: items<Entry>('onboot'),
    onshutdown: items<Entry>('onshutdown'),
    services: items<Entry>('services'),
    files: items<FileEntry>('files'),
    volumes: items<Volume>('volumes'),
    network: one<Network>('network'),
    control: one<Control>('control')[0],
    budgets: one<Budgets>('budgets'),
  };
}

function below(origin: Origin, prefix: Path): Origin {
  return { ...origin, place: (path = []) => origin.place([...prefix, ...path]) };
}
