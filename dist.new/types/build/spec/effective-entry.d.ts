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
type Optional = 'oomScoreAdj' | 'ready';
type Runtime = NonNullable<EntryDefaults['runtime']>;
/** An entry with the effective value of every field: defaults filled in, labels merged. */
export type EffectiveEntry = Required<Omit<EntryDefaults, Unset | Optional | 'runtime'>> & Pick<EntryDefaults, Optional> & Pick<Entry, 'name'> & {
    readonly runtime: Required<Omit<Runtime, 'bindNS'>> & {
        readonly bindNS: Required<NonNullable<Runtime['bindNS']>>;
    };
};
/** The source of a value or of part of it, and the path of that value in the entry or in the label. */
export interface FieldOrigin {
    readonly source: SourceName;
    readonly path: KeyPath;
}
/** By field: `binds`, `runtime.mkdir`, `runtime.bindNS.net`. A list that was extended has several origins. */
export type FieldOrigins = ReadonlyMap<string, readonly FieldOrigin[]>;
/**
 * The effective value of every field, and its origin: the value of the first source that sets the field.
 * `runtime` and `runtime.bindNS` are merged key by key. The `.add` keys are honoured in the manifest only.
 * @param sources in order of precedence, highest first; the last one has all defaults
 */
export declare function effectiveEntry(name: string, sources: readonly FieldSource[]): {
    readonly entry: EffectiveEntry;
    readonly origins: FieldOrigins;
};
export {};
