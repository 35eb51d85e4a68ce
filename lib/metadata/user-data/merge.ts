import { isList, isMap, textAt, textsOf, valueAt, type YamlMap, type YamlValue } from '../yaml.ts';
import { keepLines } from '../yaml-lines.ts';

/** How cloud-init merges values of one type: `list(append)` is the options of lists. */
interface Mergers {
  readonly dict?: ReadonlySet<string>;
  readonly list?: ReadonlySet<string>;
  readonly str?: ReadonlySet<string>;
}

/** What cloud-init takes where a part says nothing: its keys replace those of parts before it. */
const defaultMergers = 'dict(replace)+list()+str()';

/** What user data does to vendor data: its keys count. */
export const keepExisting = 'dict(no_replace)';

/**
 * cloud-init's merging of a part into those before it ("Merging user data sections"), which the part's own
 * `merge_how` or `merge_type` governs, else `mergeType`, the text of a header.
 */
export function mergePart(before: YamlMap, part: YamlMap, mergeType?: string): YamlMap {
  const { merge_how: how, merge_type: type, ...values } = part;
  const mergers = { ...mergersOf(mergeType), ...mergersOf(how ?? type) };
  const isTold = Object.keys(mergers).length > 0;
  return mergeMaps(before, keepLines(values, part), isTold ? mergers : mergersOf(defaultMergers));
}

/**
 * From `list(append)+dict(recurse_array)`, or from a list of `{name: list, settings: [append]}` or of
 * `[list, append]`.
 */
function mergersOf(value: YamlValue | undefined): Mergers {
  const rows: [name: string, options: ReadonlySet<string>][] = [];
  if (typeof value === 'string') {
    for (const [, name = '', options = ''] of value.toLowerCase().matchAll(/([a-z]+)\s*\(([^()]*)\)/g))
      rows.push([name, new Set(options.split(',').map((option) => option.trim()))]);
  } else if (isList(value)) {
    for (const row of value) {
      const [name = '', ...options] = isList(row) ? textsOf(row) : [textAt(row, 'name') ?? ''];
      rows.push([name, new Set([...options, ...textsOf(valueAt(row, 'settings'))])]);
    }
  }
  // The first one of a type counts.
  return Object.fromEntries(rows.reverse());
}

function merge(old: YamlValue, added: YamlValue, mergers: Mergers): YamlValue {
  if (isMap(old)) return isMap(added) ? mergeMaps(old, added, mergers) : old;
  if (isList(old)) return mergeLists(old, added, mergers);
  if (typeof old !== 'string' || mergers.str === undefined) return old;
  return mergers.str.has('append') && typeof added === 'string' ? old + added : added;
}

function mergeMaps(old: YamlMap, added: YamlMap, mergers: Mergers): YamlMap {
  const options = mergers.dict;
  if (options === undefined) return old;
  const merged = new Map(Object.entries(old));
  for (const [key, value] of Object.entries(added)) {
    const existing = merged.get(key);
    if (existing === undefined) merged.set(key, value);
    else if (value === '' && options.has('allow_delete')) merged.delete(key);
    else if (options.has('replace')) merged.set(key, value);
    else if (recurses(value, options, true)) merged.set(key, merge(existing, value, mergers));
  }
  const sources = options.has('no_replace') ? [old, added] : [added, old];
  return keepLines(Object.fromEntries(merged), ...sources);
}

function mergeLists(old: readonly YamlValue[], added: YamlValue, mergers: Mergers): YamlValue {
  const options = mergers.list;
  if (options === undefined) return old;
  // Of several methods the first of these counts.
  const method = ['append', 'prepend', 'replace', 'no_replace'].find((each) => options.has(each));
  if (!isList(added)) return method === undefined || method === 'replace' ? added : old;
  if (method === 'append') return [...old, ...added];
  if (method === 'prepend') return [...added, ...old];
  return old.map((existing, index) => {
    const value = added[index];
    if (value === undefined || method === 'no_replace') return existing;
    return recurses(value, options, options.has('recurse_dict')) ? merge(existing, value, mergers) : value;
  });
}

/** Whether a value is merged with the one in its place. */
function recurses(value: YamlValue, options: ReadonlySet<string>, intoMaps: boolean): boolean {
  if (isMap(value)) return intoMaps;
  if (isList(value)) return options.has('recurse_array') || options.has('recurse_list');
  return options.has('recurse_str');
}
