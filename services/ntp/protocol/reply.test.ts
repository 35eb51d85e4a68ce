import { describe, expect, test } from 'vitest';
import { decodePacket, encodeRequest } from './packet.ts';
import { readReply } from './reply.ts';
import { fixedSeconds, secondsOf, timestampOf } from './timestamp.ts';

const second = 1_000_000_000n;
const sentAt = 1_800_000_000n * second;

/** Of a server that is `ahead` seconds ahead, 20 ms away, and takes 1 ms. */
function exchange(ahead: number, sent = sentAt) {
  const bytes = encodeRequest(7n);
  bytes.set([0x24, 2, 6, 0xec]);
  bytes.writeUInt32BE(0x0000_8000, 4);
  bytes.writeUInt32BE(0x0000_4000, 8);
  bytes.writeBigUInt64BE(7n, 24);
  const server = sent + BigInt(ahead) * second;
  bytes.writeBigUInt64BE(timestampOf(server + 10_000_000n), 32);
  bytes.writeBigUInt64BE(timestampOf(server + 11_000_000n), 40);
  return { bytes, about: { nonce: 7n, sentAt: sent, receivedAt: sent + 21_000_000n, floor: 0n } };
}
const read = (bytes: Buffer, about: Parameters<typeof readReply>[1]) => readReply(decodePacket(bytes), about);

test('a request tells nothing but its random number', () => {
  expect(encodeRequest(0x0102_0304_0506_0708n).toString('hex')).toBe(
    `23000020${'00'.repeat(36)}0102030405060708`,
  );
});

describe.each([
  ['an hour behind', -3600],
  ['two seconds ahead', 2],
  ['twenty years ahead, in the next era', 631_152_000],
])('a server that is %s', (_case, ahead) => {
  test('offset and delay are exact', () => {
    const { bytes, about } = exchange(ahead);
    const said = read(bytes, about);
    if (said.kind !== 'measurement') throw new Error(said.kind);
    expect(Math.abs(Number(said.offset - fixedSeconds(ahead)))).toBeLessThanOrEqual(4);
    expect(said.delay).toBeCloseTo(0.02, 8);
    expect([said.rootDelay, said.rootDispersion, said.stratum]).toEqual([0.5, 0.25, 2]);
  });
});

test('the turn of the era between question and answer', () => {
  const { bytes, about } = exchange(0, 2_085_978_496n * second - 15_000_000n);
  const said = read(bytes, about);
  if (said.kind !== 'measurement') throw new Error(said.kind);
  expect(Math.abs(secondsOf(said.offset))).toBeLessThan(1e-8);
});

test.each<[string, (bytes: Buffer) => void, string]>([
  ['another origin', (bytes) => bytes.writeUInt8(8, 31), 'it answers no request of ours'],
  ['mode 5', (bytes) => bytes.writeUInt8(0x25, 0), "mode 5 is not a server's"],
  ['version 2', (bytes) => bytes.writeUInt8(0x14, 0), 'version 2 is neither 3 nor 4'],
  ['leap 3', (bytes) => bytes.writeUInt8(0xe4, 0), 'it is not synchronised itself'],
  ['stratum 16', (bytes) => bytes.writeUInt8(16, 1), 'it is not synchronised itself'],
  ['a precision of seconds', (bytes) => bytes.writeInt8(3, 3), 'a precision of 2^3 s'],
  ['a far reference', (bytes) => bytes.writeUInt32BE(16 << 16, 8), 'it is 16.3 s from its own reference'],
  ['an answer of before', (bytes) => bytes.writeUInt32BE(0, 40), 'it answered before it was asked'],
])('%s is refused', (_case, change, why) => {
  const { bytes, about } = exchange(0);
  change(bytes);
  expect(() => read(bytes, about)).toThrow(why);
});

test('a time that cannot be is refused, and a kiss has its code', () => {
  const { bytes, about } = exchange(-3600);
  expect(() => read(bytes, { ...about, floor: sentAt })).toThrow('earlier than this machine can be');
  bytes.writeUInt8(0, 1);
  bytes.write('RA\x1bE', 12, 'latin1');
  expect(read(bytes, about)).toEqual({ kind: 'kiss', code: 'RA.E' });
});
