import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askHypervisor } from './guest-rpc.ts';
import { askGuestinfo, decodeGuestinfo, parseReply } from './guestinfo.ts';
import { type FakeSettings, fakeHypervisor } from './testing/fake-hypervisor.ts';

const ask = (settings: FakeSettings, maximalBytes = 1000): string => {
  const { backdoor, channels } = fakeHypervisor(settings);
  try {
    return askHypervisor(backdoor, 'info-get guestinfo.x', maximalBytes).toString();
  } finally {
    expect(channels.size, 'the channel is closed').toBe(0);
  }
};

describe('requests to the hypervisor', () => {
  test('any request and reply arrive, whatever their lengths', () => {
    const property = fc.property(fc.stringMatching(/^[ -~]{1,50}$/), fc.uint8Array(), (request, bytes) => {
      const { backdoor, requests } = fakeHypervisor({ reply: Buffer.from(bytes) });
      expect(askHypervisor(backdoor, request, 1000)).toEqual(Buffer.from(bytes));
      expect(requests).toEqual([request]);
    });
    fc.assert(property);
  });

  test('an old hypervisor has no cookies', () => {
    expect(ask({ isOld: true, values: { x: 'hello' } })).toBe('1 hello');
  });

  test('checkpoints at any moment begin a message again', () => {
    for (let first = 1; first < 14; first += 1)
      for (let second = first; second < first + 12; second += 1)
        expect(ask({ values: { x: 'hello' }, checkpoints: [first, second] })).toBe('1 hello');
  });

  test.each<[string, FakeSettings, string]>([
    ['no channel', { refused: { type: 0, status: 0 } }, 'the hypervisor opens no channel'],
    ['a request refused', { refused: { type: 1, status: 0 } }, 'the hypervisor refuses a message'],
    ['a closed channel', { refused: { type: 2, status: 4 } }, 'the hypervisor has closed the channel'],
    ['closed while it answers', { refused: { type: 4, status: 4 } }, 'the hypervisor has closed the channel'],
    ['no answer', { refused: { type: 3, status: 1 } }, 'the hypervisor gives no answer'],
    ['its end refused', { refused: { type: 5, status: 0x40 } }, 'the hypervisor refuses a message'],
    ['checkpoints alone', { checkpoints: 'always' }, 'the machine is saved or moved again and again'],
    ['another message', { turn: 7 }, 'the hypervisor answers something else'],
    ['too long', { length: 1001 }, 'an answer has 1001 bytes, and at most 1000 are read'],
    ['of any length', { length: 0xffff_ffff }, 'an answer has 4294967295 bytes, and at most 1000 are read'],
  ])('%s costs one sentence', (_case, settings, why) => {
    expect(() => ask(settings)).toThrow(`Cannot read VMware's guestinfo: ${why}`);
  });

  test('channels do not run out', () => {
    const { backdoor, channels } = fakeHypervisor({ length: 5000 });
    for (let time = 0; time < 20; time += 1)
      expect(() => askHypervisor(backdoor, 'x ', 10)).toThrow('an answer has 5000 bytes');
    expect(channels.size).toBe(0);
  });
});

test.each<[string, string | undefined]>([
  ['1 ', ''],
  ['1 a b', 'a b'],
  ['0 No value found', undefined],
  ['0 No value found\0', undefined],
])('the reply %j', (reply, value) => expect(parseReply(Buffer.from(reply))?.toString()).toBe(value));

test.each([
  ['0 Unknown command', 'the hypervisor says "Unknown command"'],
  ['0 \u001b[31m', 'the hypervisor refuses a request'],
  ['0 ', 'the hypervisor refuses a request'],
  ['', 'the hypervisor answers something else'],
  ['10', 'the hypervisor answers something else'],
])('the reply %j is a fault', (reply, why) => {
  expect(() => parseReply(Buffer.from(reply))).toThrow(`Cannot read VMware's guestinfo: ${why}`);
});

test('values with their encodings; an OVF environment where there are none', () => {
  const text = '#cloud-config\n{}\n';
  const values = {
    metadata: Buffer.from('local-hostname: web').toString('base64'),
    'metadata.encoding': 'base64',
    userdata: `${gzipSync(text).toString('base64')}\n`,
    'userdata.encoding': 'gzip+base64 ',
    vendordata: '---',
    ovfEnv: '<Environment/>',
  };
  const { backdoor, channels } = fakeHypervisor({ values });
  expect(askGuestinfo(backdoor)).toEqual({
    metadata: Buffer.from('local-hostname: web'),
    userdata: Buffer.from(text),
    vendordata: undefined,
  });
  expect(channels.size).toBe(0);
  const { ovfEnv } = values;
  expect(askGuestinfo(fakeHypervisor({ values: { ovfEnv, userdata: ' \0' } }).backdoor)).toEqual({
    ovfEnv: Buffer.from(ovfEnv),
  });
  expect(askGuestinfo(fakeHypervisor().backdoor)).toEqual({ ovfEnv: undefined });
});

test.each([
  ['rot13', 'x', 'its encoding is neither base64 nor gzip+base64'],
  ['b64', '%', 'it is not base64'],
  ['gz+b64', 'YWJj', 'cannot be unpacked: '],
  ['gzip+base64', gzipSync(Buffer.alloc(5 << 20)).toString('base64'), 'cannot be unpacked: '],
])('in %s, "%.9s" cannot be read', (encoding, value, why) => {
  expect(() => decodeGuestinfo('userdata', Buffer.from(value), encoding)).toThrow(
    `Cannot read guestinfo.userdata: ${why}`,
  );
});
