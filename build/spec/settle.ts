import type { Path } from '../manifest/check.ts';
import type { Entry, EntryDefaults } from '../manifest/types.ts';

/** Who may set a field of an entry. */
export type Source = 'manifest' | 'label' | 'image config' | 'kit' | 'LinuxKit';

/** What one of them sets. */
export interface Layer {
  readonly source: Source;
  readonly fields: EntryDefaults;
}

type Unset = 'capabilities.add' | 'binds.add';
type Optional = 'oomScoreAdj' | 'ready';
type Runtime = NonNullable<EntryDefaults['runtime']>;

/** Every field of an entry with the value that holds. */
export type Settled = Required<Omit<EntryDefaults, Unset | Optional | 'runtime'>> &
  Pick<EntryDefaults, Optional> &
  Pick<Entry, 'name'> & {
    readonly runtime: Required<Omit<Runtime, 'bindNS'>> & {
      readonly bindNS: Required<NonNullable<Runtime['bindNS']>>;
    };
  };

/** Where a value, or a part of it, was written: a path below the entry, or below the label. */
export interface FieldOrigin {
  readonly source: Source;
  readonly path: Path;
}

/** By field: `binds`, `runtime.mkdir`, `runtime.bindNS.net`; several when a list was put together. */
export type Origins = ReadonlyMap<string, readonly FieldOrigin[]>;

/** For these an empty text is as good as none; every other field overrides as soon as it is there. */
const emptyMeansUnset: ReadonlySet<string> = new Set([
  'cwd',
  'net',
  'ipc',
  'uts',
  'pid',
  'userns',
  'hostname',
]);

/** The lists that a manifest may extend. */
const additions = [
  ['capabilities', 'capabilities.add'],
  ['binds', 'binds.add'],
] as const;

/**
 * What holds for an entry, and who said so: of each field the value of the highest layer that has one. `runtime` is
 * settled key by key, and `runtime.bindNS` too. `.add` keys count in the manifest alone.
 * @param layers highest first; the lowest has every field that has a default
 */
export function settle(
  name: string,
  layers: readonly Layer[],
): { readonly entry: Settled; readonly origins: Origins } {
  const origins = new Map<string, readonly FieldOrigin[]>();
  const part = (take: (fields: EntryDefaults) => object | undefined, at: Path) => {
    const parts = layers.map(({ source, fields }) => ({ source, fields: take(fields) ?? {} }));
    return highest(parts, at, origins);
  };
  const fields = part(({ runtime: _, ...own }) => own, []);
  const runtime = part(({ runtime: { bindNS: _, ...own } = {} }) => own, ['runtime']);
  const bindNS = part(({ runtime }) => runtime?.bindNS, ['runtime', 'bindNS']);
  const lists = joinedLists(layers, origins);
  // Every default is in the lowest layer: what has none is optional in the type.
  const entry = { ...fields, ...lists, runtime: { ...runtime, bindNS }, name } as unknown as Settled;
  return { entry, origins };
}

interface Fields {
  readonly source: Source;
  readonly fields: object;
}

function highest(
  layers: readonly Fields[],
  at: Path,
  origins: Map<string, readonly FieldOrigin[]>,
): Record<string, unknown> {
  const settled: Record<string, unknown> = {};
  for (const { source, fields } of layers) {
    for (const [key, value] of Object.entries(fields)) {
      const path = [...at, key];
      const unset = value === undefined || (value === '' && emptyMeansUnset.has(path.join('.')));
      if (unset || isAddition(key) || Object.hasOwn(settled, key)) continue;
      settled[key] = value;
      origins.set(path.join('.'), [{ source, path }]);
    }
  }
  return settled;
}

const isAddition = (key: string): boolean => additions.some(([, add]) => add === key);

/** Where the manifest adds to a list and does not replace it: what is below, then what it adds. */
function joinedLists(
  layers: readonly Layer[],
  origins: Map<string, readonly FieldOrigin[]>,
): Partial<Record<(typeof additions)[number][0], readonly string[]>> {
  const [manifest, ...below] = layers;
  const lists = additions.flatMap(([key, add]) => {
    const added = manifest?.fields[add];
    if (!added || manifest.fields[key]) return [];
    const { source, fields } = below.find((layer) => layer.fields[key]) ?? manifest;
    const base = fields[key] ?? [];
    const under: FieldOrigin[] = base.length > 0 ? [{ source, path: [key] }] : [];
    origins.set(key, [...under, { source: manifest.source, path: [add] }]);
    return [[key, [...base, ...added]] as const];
  });
  return Object.fromEntries(lists);
}
