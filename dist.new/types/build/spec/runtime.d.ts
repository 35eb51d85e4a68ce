import { type Mount, type RuntimeConfig, type Supervision } from '../../lib/bundle/bundle.ts';
import type { EffectiveEntry } from './effective-entry.ts';
/** runtime.json of a bundle. kit's init reads the key `kit`, and requires all fields of mounts. */
export interface BundleRuntime extends Omit<RuntimeConfig, 'mounts' | 'kit'> {
    readonly mounts: readonly RuntimeMount[];
    readonly kit?: Supervision;
}
/** A mount of runtime.json; LinuxKit's init accepts one without type, source and options. */
export type RuntimeMount = Pick<Mount, 'destination'> & Partial<Mount>;
/** LinuxKit's six keys, including empty values; mounts as written in the manifest. @throws FieldErrors */
export declare function linuxkitRuntime({ runtime }: EffectiveEntry): BundleRuntime;
/** For kit's init: the same with all defaults of mounts filled in, and the key `kit`. @throws FieldErrors */
export declare function kitRuntime(entry: EffectiveEntry, services: ReadonlySet<string>): RuntimeConfig;
