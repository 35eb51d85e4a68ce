import type { VolumeEntry } from '../../manifest/types.ts';
import type { EffectiveEntry } from '../effective-entry.ts';
import { type Ids } from '../ids.ts';
import type { Spec } from './oci-runtime.ts';
/** What the fields of an entry can refer to by name. */
export interface EntryReferences {
    readonly ids: Ids;
    readonly volumes: ReadonlyMap<string, VolumeEntry>;
}
/**
 * The OCI runtime spec of an entry as LinuxKit's documentation defines it, without kit's additions. Pure.
 * @throws FieldErrors
 */
export declare function runtimeSpec(entry: EffectiveEntry, references: EntryReferences): Spec;
