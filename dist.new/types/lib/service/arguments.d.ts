import type { Table, Values } from './rows.ts';
export interface ArgumentsOptions {
    /** Default: the arguments of this process. */
    readonly args?: readonly string[];
    /** Default: the environment of this process. */
    readonly env?: Readonly<Record<string, string | undefined>>;
    /** Folder of the machine's metadata. Default: `metadataFolder()`. */
    readonly folder?: string;
}
/**
 * Reads the arguments of a service by a table of what there is:
 *
 *     const { port, greeting } = readArguments({
 *       port: { type: 'integer', min: 1, max: 65_535, default: 8080, env: 'PORT' },
 *       greeting: { type: 'string', required: true, metadata: 'app/greeting' },
 *     });
 *
 * `maxSize` is the flag `--max-size`. A value comes from its flag, else from its variable, else from its file
 * of the machine's metadata, else it is the default.
 * @throws KitError, or KitErrors for several, that say what is wrong with which of them
 */
export declare function readArguments<const T extends Table>(table: T, options?: ArgumentsOptions): Values<T>;
