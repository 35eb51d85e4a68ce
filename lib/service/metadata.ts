import { metadataFolder } from './metadata-file.ts';
import type { Row, Table, Values } from './rows.ts';
import { settle } from './settle.ts';

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
export function readMetadata<const T extends Readonly<Record<string, Row & { readonly metadata: string }>>>(
  table: T,
  { folder = metadataFolder() }: MetadataOptions = {},
): Values<T> {
  return settle(table as Table, () => undefined, { env: {}, folder }) as Values<T>;
}
