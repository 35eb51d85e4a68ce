import type { KeyPath } from '../manifest/check.ts';
import type { Entry, EntryDefaults } from '../manifest/types.ts';

/** Where the value of a field can come from. `kit` and `LinuxKit` are defaults. */
export type SourceName = 'manifest' | 'label' | 'image config' | 'kit' | 'LinuxKit';

/** One source and the fields it sets. */
export interface FieldSource {
  readonly source: SourceName;
  readonly fields: EntryDefaults;
}

type Unset = 'capabilities.add' | 'binds.add';
type Optional = 'oomScoreAdj' | 'ready' | 'liveness' | 'landlock';
type Runtime = NonNullable<EntryDefaults['runtime']>;

/** An entry with the effective value of every field: defaults filled in, labels merged. */
export type EffectiveEntry = Required<Omit<EntryDefaults, Unset | Optional | 'runtime'>> &
  Pick<EntryDefaults, Optional> &
  Pick<Entry, 'name'> & {
    readonly runtime: Required<Omit<Runtime, 'bindNS'>> & {
      readonly bindNS: Required<NonNullable<Runtime['bindNS']>>;
    };
  };

/** The source of a value or of part of it, and the path of that value in the entry or in the label. */
export interface FieldOrigin {
  readonly source: SourceName;
  readonly path: KeyPath;
  /** Of a default that depends on other fields: which one decided, `capabilities: CAP_SYS_ADMIN`. */
  readonly reason?: string;
}

/** By field: `binds`, `runtime.mkdir`, `runtime.bindNS.net`. A list that was extended has several origins. */
export type FieldOrigins = ReadonlyMap<string, readonly FieldOrigin[]>;

/** For these fields the empty string counts as unset; any other field overrides as soon as it is present. */
const emptyMeansUnset: ReadonlySet<string> = new Set([
  'cwd',
  'net',
  'ipc',
  'uts',
  'pid',
  'userns',
  'hostname',
]);

/** The lists that a manifest can extend, with the keys that do so. */
const additions = [
  ['capabilities', 'capabilities.add'],
  ['binds', 'binds.add'],
] as const;

/**
 * The effective value of every field, and its origin: the value of the first source that sets the field.
 * `runtime` and `runtime.bindNS` are merged key by key. The `.add` keys are honoured in the manifest only.
 * @param sources in order of precedence, highest first; the last one has all defaults
 */
export function effectiveEntry(
  name: string,
  sources: readonly FieldSource[],
): { readonly entry: EffectiveEntry; readonly origins: FieldOrigins } {
  const origins = new Map<string, readonly FieldOrigin[]>();
  const part = (take: (fields: EntryDefaults) => object | undefined, at: KeyPath) => {
    const parts = sources.map(({ source, fields }) => ({ source, fields: take(fields) ?? {} }));
    return firstValues(parts, at, origins);
  };
  const fields = part(({ runtime: _, ...own }) => own, []);
  const runtime = part(({ runtime: { bindNS: _, ...own } = {} }) => own, ['runtime']);
  const bindNS = part(({ runtime }) => runtime?.bindNS, ['runtime', 'bindNS']);
  const lists = extendedLists(sources, origins);
  // The last source has every default; fields without a default are optional in the type.
  const entry = { ...fields, ...lists, runtime: { ...runtime, bindNS }, name } as unknown as EffectiveEntry;
  return { entry, origins };
}

interface SourcePart {
  readonly source: SourceName;
  readonly fields: object;
}

function firstValues(
  sources: readonly SourcePart[],
  at: KeyPath,
  origins: Map<string, readonly FieldOrigin[]>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const { source, fields } of sources) {
    for (const [key, value] of Object.entries(fields)) {
      const path = [...at, key];
      const unset = value === undefined || (value === '' && emptyMeansUnset.has(path.join('.')));
      if (unset || isAddition(key) || Object.hasOwn(values, key)) continue;
      values[key] = value;
      origins.set(path.join('.'), [{ source, path }]);
    }
  }
  return values;
}

const isAddition = (key: string): boolean => additions.some(([, add]) => add === key);

/** Lists that the manifest extends instead of replacing: the inherited items, then the added ones. */
function extendedLists(
  sources: readonly FieldSource[],
  origins: Map<string, readonly FieldOrigin[]>,
): Partial<Record<(typeof additions)[number][0], readonly string[]>> {
  const [manifest, ...inherited] = sources;
  const lists = additions.flatMap(([key, add]) => {
    const added = manifest?.fields[add];
    if (!added || manifest.fields[key]) return [];
    const { source, fields } = inherited.find((one) => one.fields[key]) ?? manifest;
    const base = fields[key] ?? [];
    const baseOrigin: FieldOrigin[] = base.length > 0 ? [{ source, path: [key] }] : [];
    origins.set(key, [...baseOrigin, { source: manifest.source, path: [add] }]);
    return [[key, [...base, ...added]] as const];
  });
  return Object.fromEntries(lists);
}
