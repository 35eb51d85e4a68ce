import type { Section } from '../../lib/bundle/bundle.ts';
import { type ImageConfig } from '../../lib/oci/types.ts';
import type { Entry } from '../manifest/types.ts';
import { type EffectiveEntry, type FieldOrigins } from './effective-entry.ts';
import type { Spec } from './oci/oci-runtime.ts';
import { type EntryReferences } from './oci/spec.ts';
import { type BundleRuntime } from './runtime.ts';
/** The init that reads the bundle. For LinuxKit's, the bundle contains only what LinuxKit would write. */
export type Reader = 'kit' | 'linuxkit';
export interface BundleContext extends EntryReferences {
    readonly reader: Reader;
    readonly section: Section;
    /** `kit build --production`: no debugger, no login on the console. */
    readonly production: boolean;
    /** The names of all services of the manifest. */
    readonly services: ReadonlySet<string>;
}
export interface BundleSpec {
    /** config.json */
    readonly spec: Spec;
    /** runtime.json without the mounts of the root file system, which depend on the image layout. */
    readonly runtime: BundleRuntime;
    readonly effective: EffectiveEntry;
    readonly origins: FieldOrigins;
}
/**
 * config.json and runtime.json of an entry, from the entry itself, the label and the config of its image.
 * Pure.
 * @throws FieldErrors for the entry; KitError, KitErrors for the label
 */
export declare function bundleSpec(entry: Entry, image: ImageConfig['config'], context: BundleContext): BundleSpec;
