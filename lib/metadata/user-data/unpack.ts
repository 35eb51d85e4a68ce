import { KitError, reasonOf } from '../../errors/errors.ts';
import { maximalBytes } from '../metadata.ts';
import { decodeBase64 } from '../yaml.ts';

/** The bytes in gzip, up to `maximalBytes`. @throws KitError */
export function gunzip(bytes: Buffer): Buffer {
  // Loaded only when needed: the boot waits for this program.
  const { gunzipSync } = process.getBuiltinModule('node:zlib');
  try {
    return gunzipSync(bytes, { maxOutputLength: maximalBytes });
  } catch (error) {
    throw new KitError(`cannot be unpacked: ${reasonOf(error)}`);
  }
}

/** RFC 1952, 2.3.1. */
const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b;

/**
 * One layer of packing less: gzip, and base64 of what user data may begin with, as Terraform's cloudinit
 * provider writes it by default. Undefined for bytes that are in neither.
 * @throws KitError
 */
export function unpackOnce(bytes: Buffer): Buffer | undefined {
  if (isGzip(bytes)) return gunzip(bytes);
  return packedStart.test(bytes.toString('latin1', 0, 64))
    ? decodeBase64(bytes.toString('latin1'))
    : undefined;
}

/** gzip, "#", "Content-", "MIME-" and "{" in base64, which no other form begins with. */
const packedStart = /^\s*(H4sI|I[y0-3]|Q29udGVudC|TUlNRS|ey)[A-Za-z0-9+/]/;

/** Text and what was odd about it. UTF-8, or UTF-16 as editors and shells of Windows save it. */
export function decodeText(bytes: Buffer): { text: string; isWhole: boolean } {
  const isLittle = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0x23 && bytes[1] === 0);
  const isBig = (bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0 && bytes[1] === 0x23);
  const even = bytes.subarray(0, bytes.length & ~1);
  const text = isLittle
    ? even.toString('utf16le')
    : isBig
      ? Buffer.from(even).swap16().toString('utf16le')
      : bytes.toString('utf8');
  const { isUtf8 } = process.getBuiltinModule('node:buffer');
  return { text: text.replace(/^\ufeff/, ''), isWhole: isLittle || isBig || isUtf8(bytes) };
}
