import type { Descriptor } from '../../lib/oci/types.ts';
import { digestOfBytes } from '../cache/blobs.ts';

/** A JSON document of an OCI layout, and its descriptor. */
export interface OciDocument {
  readonly blob: Descriptor;
  readonly bytes: Buffer;
}

export function ociDocument(mediaType: string, value: unknown): OciDocument {
  const bytes = Buffer.from(JSON.stringify(value));
  return { blob: { mediaType, digest: digestOfBytes(bytes), size: bytes.length }, bytes };
}

/** The path of a blob in a layout (image-layout.md). */
export const blobPath = ({ digest }: Descriptor): string => `blobs/sha256/${digest.replace('sha256:', '')}`;
