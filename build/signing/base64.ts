import type { JsonItem } from '../../lib/oci/json.ts';

const standard = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

/** The bytes of a text in base64 (RFC 4648, section 4); undefined for any other text. */
export function fromBase64(text: string): Buffer | undefined {
  return standard.test(text) ? Buffer.from(text, 'base64') : undefined;
}

/** The bytes of a field of a document. @throws KitError unless it is a text in base64 */
export function base64Field(item: JsonItem): Buffer {
  const bytes = fromBase64(item.text());
  if (!bytes) throw item.wrong('base64');
  return bytes;
}
