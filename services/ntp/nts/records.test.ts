import { expect, test } from 'vitest';
import { isWhole, ntsRequest, readAgreement } from './records.ts';
import { agreement, record } from './testing/server-side.ts';

const cookies = Array.from({ length: 9 }, (_, index) => Buffer.alloc(100, index));

test('what a client says', () => {
  expect(ntsRequest().toString('hex')).toBe('80010002' + '0000' + '80040002' + '000f' + '80000000');
});

test('cookies, eight of them, and where to use them', () => {
  expect(readAgreement(agreement(cookies))).toEqual({
    ...{ cookies: cookies.slice(0, 8), host: undefined, port: undefined },
  });
  const elsewhere = agreement(cookies, record(6, Buffer.from('ntp.example.org')), record(7, [1123]));
  expect(readAgreement(elsewhere)).toMatchObject({ host: 'ntp.example.org', port: 1123 });
});

test('records that are not known are passed over, unless they are critical', () => {
  expect(readAgreement(agreement(cookies, record(0x4000, [1]))).cookies).toHaveLength(8);
  expect(() => readAgreement(agreement(cookies, record(0xc000, [1])))).toThrow(
    'it demands record 16384, which is not known',
  );
});

test('cookies that fit into no field are passed over', () => {
  const odd = [Buffer.alloc(0), Buffer.alloc(6), Buffer.alloc(260)];
  expect(readAgreement(agreement([...odd, Buffer.alloc(256)])).cookies).toHaveLength(1);
  expect(() => readAgreement(agreement(odd))).toThrow('it gives no cookies');
});

const [end, ntp, aead] = [record(0x8000, []), record(0x8001, [0]), record(0x8004, [15])];
const cookie = record(5, Buffer.alloc(8));
const many = (count: number, body: Buffer): Buffer[] => Array.from({ length: count }, () => record(9, body));

test.each([
  ['the end is missing', [ntp, aead, cookie], 'its answer is cut short'],
  ['a record is cut', [ntp, aead, cookie, record(7, [1123]).subarray(0, 5)], 'its answer is cut short'],
  ['nothing', [], 'its answer is cut short'],
  ['an error', [record(0x8002, [1]), end], 'it answers with a bad request'],
  ['another error', [record(0x8002, [9]), end], 'it answers with an error that is not known'],
  ['a warning', [record(0x8003, [1]), ntp, aead, cookie, end], 'it warns of something'],
  ['no protocol', [aead, cookie, end], 'it has no keys for NTPv4'],
  ['another protocol', [record(0x8001, [7]), aead, cookie, end], 'it has no keys for NTPv4'],
  ['an empty list of protocols', [record(0x8001, []), aead, cookie, end], 'it has no keys for NTPv4'],
  ['another algorithm', [ntp, record(0x8004, [30]), cookie, end], 'it does not know AES-SIV-CMAC-256'],
  ['two algorithms', [ntp, record(0x8004, [15, 30]), cookie, end], 'it does not know AES-SIV-CMAC-256'],
  [
    'a host that is none',
    [ntp, aead, cookie, record(6, Buffer.from('a b')), end],
    'a server that has no name',
  ],
  ['port 0', [ntp, aead, cookie, record(7, [0]), end], 'a port that is none'],
  ['too long', [ntp, aead, ...many(60, Buffer.alloc(300)), end], 'longer than 16384 bytes'],
  ['too many', [ntp, aead, ...many(70, Buffer.alloc(0)), end], 'more than 64 records'],
])('%s is refused', (_title, records, message) => {
  expect(() => readAgreement(Buffer.concat(records))).toThrow(message);
});

test('an answer is whole with its last record', () => {
  const whole = agreement(cookies);
  expect(isWhole(whole)).toBe(true);
  for (const length of [0, 1, 5, 11, whole.length - 1])
    expect(isWhole(whole.subarray(0, length))).toBe(false);
});
