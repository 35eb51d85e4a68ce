import type { Descriptor } from '../../lib/oci/types.ts';
import { digestOfBytes } from '../cache/blobs.ts';

/** A JSON document of an OCI layout, and how others speak of it. */
export interface OciDocument {
  readonly blob: Descriptor;
  readonly bytes: Buffer;
}

export function ociDocument(mediaType: string, value: unknown): OciDocument {
  const bytes = Buffer.from(JSON.stringify(value));
  return { blob: { mediaType, digest: digestOfBytes(bytes), size: bytes.length }, bytes };
}

/** Where a layout keeps a blob (image-layout.md). */
export const blobPath = ({ digest }: Descriptor): string => `blobs/sha256/${digest.replace('sha256:', '')}`;
