import { randomBytes } from 'node:crypto';
import { encodeField, fieldTypes, readFields } from '../fields.ts';
import { nonceBytes } from '../protect.ts';
import { openSiv, sealSiv } from '../siv.ts';

/** What a server makes of NTS, for tests. */

/** A record of NTS-KE. */
export function record(head: number, body: Buffer | readonly number[]): Buffer {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(body.flatMap((word) => [word >> 8, word & 0xff]));
  return Buffer.concat([Buffer.of(head >> 8, head & 0xff, bytes.length >> 8, bytes.length & 0xff), bytes]);
}

/** A whole answer of NTS-KE. */
export const agreement = (cookies: readonly Buffer[], ...more: readonly Buffer[]): Buffer =>
  Buffer.concat([
    record(0x8001, [0]),
    record(0x8004, [15]),
    ...cookies.map((cookie) => record(5, cookie)),
    ...more,
    record(0x8000, []),
  ]);

export interface OpenedRequest {
  readonly uniqueId: Buffer;
  readonly cookie: Buffer;
  /** Lengths of the placeholders of cookies. */
  readonly placeholders: readonly number[];
}

/** Undefined if it was not sealed with this key. */
export function openRequest(bytes: Buffer, key: Buffer): OpenedRequest | undefined {
  const fields = readFields(bytes);
  const last = fields.at(-1);
  if (last?.type !== fieldTypes.authenticator) return undefined;
  const nonce = last.body.subarray(4, 4 + last.body.readUInt16BE(0));
  const sealed = last.body.subarray(4 + nonce.length, 4 + nonce.length + last.body.readUInt16BE(2));
  if (openSiv(key, [bytes.subarray(0, last.at), nonce], sealed) === undefined) return undefined;
  const bodies = (type: number): Buffer[] => fields.flatMap((one) => (one.type === type ? [one.body] : []));
  const [uniqueId = Buffer.alloc(0)] = bodies(fieldTypes.uniqueId);
  const [cookie = Buffer.alloc(0)] = bodies(fieldTypes.cookie);
  return { uniqueId, cookie, placeholders: bodies(fieldTypes.placeholder).map(({ length }) => length) };
}

export interface ReplySecrets {
  readonly uniqueId: Buffer;
  readonly key: Buffer;
  readonly cookies: readonly Buffer[];
}

/** @param header of the answer */
export function sealReply(header: Buffer, { uniqueId, key, cookies }: ReplySecrets): Buffer {
  const packet = Buffer.concat([header, encodeField(fieldTypes.uniqueId, uniqueId)]);
  const nonce = randomBytes(nonceBytes);
  const plain = Buffer.concat(cookies.map((cookie) => encodeField(fieldTypes.cookie, cookie)));
  const sealed = sealSiv(key, [packet, nonce], plain);
  const lengths = Buffer.of(0, nonce.length, sealed.length >> 8, sealed.length & 0xff);
  const body = Buffer.concat([lengths, nonce, sealed]);
  return Buffer.concat([packet, encodeField(fieldTypes.authenticator, body)]);
}
