import { dockerTypes, mediaTypes } from '../../lib/oci/types.ts';

/**
 * The media type of a manifest or an index: what the document says itself, else the Content-Type header,
 * which some registries get wrong or leave out, else what the document looks like.
 */
export function documentType(bytes: Buffer, header = ''): string {
  const stated = header.replace(/;.*$/s, '').trim().toLowerCase();
  const document = objectOf(bytes);
  if (typeof document.mediaType === 'string' && document.mediaType !== '') return document.mediaType;
  if (documentTypes.has(stated)) return stated;
  if (document.schemaVersion !== 1 && Array.isArray(document.manifests)) return mediaTypes.index;
  if (document.schemaVersion !== 1 && typeof document.config === 'object') return mediaTypes.manifest;
  return stated;
}

const documentTypes: ReadonlySet<string> = new Set([
  ...[mediaTypes.index, mediaTypes.manifest, dockerTypes.index, dockerTypes.manifest],
]);

function objectOf(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
