import type { KitCommand } from '../../cli/kit-command.ts';
import type { Context } from '../../host/context.ts';
import type { ImageSources } from '../../work.ts';
/** The values of the flags of `withSources`. */
export interface SourceFlags {
    readonly pull?: boolean;
    readonly docker?: boolean;
    readonly offline?: boolean;
    readonly mirror?: readonly string[];
    readonly certFile?: readonly string[];
    readonly layerLimit?: string;
}
/** Adds the flags that determine where images come from. Most have an environment variable, too. */
export declare function withSources(command: KitCommand): KitCommand;
/** Adds the flags for connections to registries. */
export declare function withRegistry(command: KitCommand): KitCommand;
/** @throws KitError for an invalid mirror, certificate or size */
export declare function sourcesOf(flags: SourceFlags, { env, cwd }: Context): ImageSources;
