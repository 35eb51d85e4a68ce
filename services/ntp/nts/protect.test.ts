import { expect, test } from 'vitest';
import { encodeRequest } from '../protocol/packet.ts';
import { encodeField, fieldTypes, readFields } from './fields.ts';
import { NtsNak, openReply, sealRequest } from './protect.ts';
import { openRequest, sealReply } from './testing/server-side.ts';

const secrets = {
  key: Buffer.alloc(32, 1),
  cookie: Buffer.alloc(100, 2),
  more: 0,
  uniqueId: Buffer.alloc(32, 3),
  nonce: Buffer.alloc(16, 4),
};
const { key, uniqueId } = secrets;
const header = Buffer.from(encodeRequest(7n)).fill(0x24, 0, 1).fill(2, 1, 2);
const cookies = [Buffer.alloc(104, 5), Buffer.alloc(104, 6)];
const reply = sealReply(header, { uniqueId, key, cookies });

test('a request has an id, a cookie and room for more, and proves itself', () => {
  const opened = openRequest(sealRequest(encodeRequest(7n), { ...secrets, more: 3 }), key);
  expect(opened).toEqual({ uniqueId, cookie: secrets.cookie, placeholders: [100, 100, 100] });
  expect(openRequest(sealRequest(encodeRequest(7n), secrets), Buffer.alloc(32))).toBeUndefined();
});

test('a request fits into a packet, however large cookies are', () => {
  const large = sealRequest(encodeRequest(7n), { ...secrets, cookie: Buffer.alloc(256), more: 7 });
  expect(large.length).toBeLessThanOrEqual(1200);
  expect(openRequest(large, key)?.placeholders).toEqual([256, 256, 256]);
});

test('an answer of the server gives new cookies', () => {
  expect(openReply(reply, { key, uniqueId })).toEqual(cookies);
});

test('cookies behind what is proved are not taken', () => {
  const added = Buffer.concat([reply, encodeField(fieldTypes.cookie, Buffer.alloc(96, 9))]);
  expect(openReply(added, { key, uniqueId })).toEqual(cookies);
});

test('nor are others than those that were encrypted', () => {
  const packet = Buffer.concat([header, encodeField(fieldTypes.cookie, Buffer.alloc(96, 9))]);
  expect(openReply(sealReply(packet, { uniqueId, key, cookies: [] }), { key, uniqueId })).toEqual([]);
});

const nak = Buffer.concat([Buffer.from(header).fill(0, 1, 2), encodeField(fieldTypes.uniqueId, uniqueId)]);
nak.write('NTSN', 12, 'latin1');

test('a refusal of the keys, which nobody can prove', () => {
  expect(() => openReply(nak, { key, uniqueId })).toThrow(NtsNak);
  expect(() => openReply(nak, { key, uniqueId: Buffer.alloc(32) })).toThrow('it answers no request of ours');
});

const many = Array.from({ length: 40 }, () => encodeField(1, Buffer.alloc(4)));
const unproved = 'it does not prove who it is (NTS)';
const [id, authenticator] = readFields(reply);

test.each<[string, Buffer, string]>([
  ['a plain one', header, 'it answers no request of ours'],
  [
    'one to another request',
    sealReply(header, { uniqueId: Buffer.alloc(32), key, cookies }),
    'no request of ours',
  ],
  ['one with another key', sealReply(header, { uniqueId, key: Buffer.alloc(32), cookies }), unproved],
  ['one with another time', Buffer.from(reply).fill(1, 40, 41), unproved],
  ['one without proof', reply.subarray(0, authenticator?.at), unproved],
  ['one whose id comes behind the proof', moved(), 'it answers no request of ours'],
  ['one that is cut', reply.subarray(0, -4), 'its extension fields are broken'],
  ['a refusal to serve', Buffer.from(nak).fill('DENY', 12, 16, 'latin1'), unproved],
  ['a field without length', Buffer.concat([header, Buffer.alloc(4)]), 'its extension fields are broken'],
  [
    'a field of 5 bytes',
    Buffer.concat([header, Buffer.of(1, 4, 0, 5, 0)]),
    'its extension fields are broken',
  ],
  ['many fields', Buffer.concat([header, ...many]), 'more than 32'],
  ['a proof that is too short', withProof(Buffer.alloc(0)), unproved],
  ['a proof that is longer than its field', withProof(Buffer.of(0, 16, 0, 99, 0, 0, 0, 0)), unproved],
  ['a proof without nonce', withProof(Buffer.concat([Buffer.of(0, 0, 0, 16), Buffer.alloc(16)])), unproved],
])('%s is no answer', (_title, bytes, message) => {
  expect(() => openReply(bytes, { key, uniqueId })).toThrow(message);
});

function moved(): Buffer {
  const from = id?.at ?? 0;
  const to = authenticator?.at ?? 0;
  return Buffer.concat([reply.subarray(0, from), reply.subarray(to), reply.subarray(from, to)]);
}

function withProof(body: Buffer): Buffer {
  const fields = [encodeField(fieldTypes.uniqueId, uniqueId), encodeField(fieldTypes.authenticator, body)];
  return Buffer.concat([header, ...fields]);
}
