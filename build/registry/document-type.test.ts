import { expect, test } from 'vitest';
import { dockerTypes, mediaTypes } from '../../lib/oci/types.ts';
import { documentType } from './document-type.ts';

const signed = 'application/vnd.docker.distribution.manifest.v1+prettyjws';

test.each<[string, object | string, string | undefined, string]>([
  ['its own', { mediaType: mediaTypes.index }, 'application/json', mediaTypes.index],
  ['of the header', { config: {} }, `${dockerTypes.manifest}; charset=utf-8`, dockerTypes.manifest],
  ['of a header in capitals', { config: {} }, mediaTypes.manifest.toUpperCase(), mediaTypes.manifest],
  ['as it looks, without a header', { config: {}, layers: [] }, undefined, mediaTypes.manifest],
  ['as it looks, under a wrong header', { manifests: [] }, 'text/plain', mediaTypes.index],
  ['before Docker 1.10', { schemaVersion: 1, config: {} }, signed, signed],
  ['no JSON', '<html>', 'text/html', 'text/html'],
  ['null', 'null', undefined, ''],
])('%s', (_title, document, header, expected) => {
  const text = typeof document === 'string' ? document : JSON.stringify(document);
  expect(documentType(Buffer.from(text), header)).toBe(expected);
});
