import type { Row, Values } from './rows.ts';
export interface MetadataOptions {
    /** Default: `metadataFolder()`. */
    readonly folder?: string;
}
/**
 * Reads settings from the machine's metadata alone: each row names its file.
 *
 *     const { key } = readMetadata({ key: { metadata: 'app/key', type: 'string', required: true } });
 *
 * The service needs the folder: `binds.add: ["/run/config:/run/config:ro"]`. @throws KitError
 */
export declare function readMetadata<const T extends Readonly<Record<string, Row & {
    readonly metadata: string;
}>>>(table: T, { folder }?: MetadataOptions): Values<T>;
