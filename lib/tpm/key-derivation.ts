import { createHash, createHmac } from 'node:crypto';
import { u32 } from './wire.ts';

/** KDFa with HMAC-SHA-256 (part 1, 11.4.10.2, "KDFa()"). @param bits a multiple of 8 */
export function kdfa(
  key: Buffer,
  label: string,
  contexts: readonly [u: Buffer, v: Buffer],
  bits: number,
): Buffer {
  const rounds = Math.ceil(bits / 256);
  const blocks = Array.from({ length: rounds }, (_, at) =>
    createHmac('sha256', key)
      .update(Buffer.concat([u32(at + 1), Buffer.from(`${label}\0`), ...contexts, u32(bits)]))
      .digest(),
  );
  return Buffer.concat(blocks).subarray(0, bits / 8);
}

/** The 256 bits of KDFe with SHA-256 (part 1, 11.4.10.3): from what two parties have agreed on. */
export const kdfe = (shared: Buffer, use: string, parties: readonly [u: Buffer, v: Buffer]): Buffer =>
  createHash('sha256')
    .update(Buffer.concat([u32(1), shared, Buffer.from(`${use}\0`), ...parties]))
    .digest();
