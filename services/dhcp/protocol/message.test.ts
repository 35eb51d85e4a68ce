import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ackOfDnsmasq, reply } from '../testdata/reply.ts';
import { decodeServerMessage, encodeClientMessage, MessageRejected } from './message.ts';
import { code, encodeOption } from './options.ts';

test('golden: DHCPDISCOVER', () => {
  const bytes = encodeClientMessage({
    type: 'discover',
    xid: 0x12345678,
    mac: '52:54:00:12:34:56',
    seconds: 2,
    hostname: 'kit',
  });
  expect(bytes.length).toBe(300);
  expect(bytes.toString('hex', 0, 34)).toBe(
    '01010600123456780002000000000000000000000000000000000000525400123456',
  );
  expect(bytes.toString('hex', 236).replace(/(00)+$/, '')).toBe(
    '63825363' + // magic cookie
      '350101' + // DHCPDISCOVER
      '3d0701525400123456' + // client identifier
      '0c036b6974' + // host name
      '390205c0' + // maximum message size: 1472
      '370c0103060c0f1a33363a3b7779' + // parameter request list
      'ff',
  );
});

test('a renewal has its address in ciaddr and no server identifier', () => {
  const bytes = encodeClientMessage({
    type: 'request',
    xid: 1,
    mac: '52:54:00:12:34:56',
    seconds: 70_000,
    clientAddress: '10.0.2.15',
  });
  expect(bytes.subarray(12, 16)).toEqual(Buffer.of(10, 0, 2, 15));
  expect(bytes.readUInt16BE(8)).toBe(0xffff);
  expect(bytes.subarray(240).includes(Buffer.of(code.server, 4))).toBe(false);
});

test('golden: DHCPACK of dnsmasq', () => {
  expect(decodeServerMessage(ackOfDnsmasq)).toMatchObject({
    type: 'ack',
    xid: 0x2f48b1cd,
    mac: '52:54:00:12:34:56',
    address: '10.0.2.21',
    server: '10.0.2.2',
    options: {
      prefix: 24,
      routers: ['10.0.2.2'],
      dns: ['10.0.2.3'],
      hostname: 'vm',
      domain: 'ex.org',
      search: ['example.com', 'lan.example.com'],
      mtu: 1400,
      leaseSeconds: 3600,
      renewalSeconds: 1800,
      rebindingSeconds: 3150,
      routes: [
        { destination: '0.0.0.0', prefix: 0, gateway: '10.0.2.2' },
        { destination: '10.77.0.0', prefix: 16, gateway: '10.0.2.9' },
      ],
    },
  });
});

test('reads options of all kinds', () => {
  const { options } = decodeServerMessage(
    reply([
      [code.subnetMask, '255.255.240.0'],
      [code.router, '10.0.0.1', '10.0.0.2'],
      [code.dns, '1.1.1.1', '8.8.8.8'],
      [code.hostname, Buffer.from('web-1\0')],
      [code.domain, Buffer.from('example.com.')],
      [code.mtu, Buffer.of(0x05, 0x78)],
      [code.renewalTime, Buffer.of(0, 0, 1, 0)],
      [code.rebindingTime, Buffer.of(0, 0, 2, 0)],
      [code.domainSearch, Buffer.from('\x03eng\x05apple\x03com\x00\x09marketing\xc0\x04', 'latin1')],
      [
        code.classlessRoutes,
        Buffer.of(0, 10, 0, 0, 1, 24, 192, 168, 7, 0, 0, 0, 0, 12, 172, 31, 10, 0, 0, 9),
      ],
    ]),
  );
  expect(options).toMatchObject({
    prefix: 20,
    routers: ['10.0.0.1', '10.0.0.2'],
    dns: ['1.1.1.1', '8.8.8.8'],
    hostname: 'web-1',
    domain: 'example.com',
    mtu: 1400,
    renewalSeconds: 256,
    rebindingSeconds: 512,
    search: ['eng.apple.com', 'marketing.apple.com'],
    routes: [
      { destination: '0.0.0.0', prefix: 0, gateway: '10.0.0.1' },
      { destination: '192.168.7.0', prefix: 24, gateway: '0.0.0.0' },
      { destination: '172.16.0.0', prefix: 12, gateway: '10.0.0.9' },
    ],
  });
});

test('concatenates a repeated option, also from file and sname', () => {
  const bytes = reply([
    [code.overload, Buffer.of(3)],
    [code.domain, Buffer.from('exam')],
  ]);
  encodeOption(code.domain, Buffer.from('ple.')).copy(bytes, 108);
  encodeOption(code.domain, Buffer.from('com')).copy(bytes, 44);
  expect(decodeServerMessage(bytes).options.domain).toBe('example.com');
});

test.each([
  ['a newline', 'a\nnameserver 6.6.6.6'],
  ['a blank', 'a b'],
  ['a leading dash', '-a'],
  ['an empty part', 'a..b'],
  ['255 letters', 'a'.repeat(255)],
])('ignores a domain with %s', (_case, domain) => {
  expect(
    decodeServerMessage(reply([[code.domain, Buffer.from(domain, 'latin1')]])).options.domain,
  ).toBeUndefined();
});

test('ignores a search list with a pointer to itself', () => {
  const { options } = decodeServerMessage(
    reply([[code.domainSearch, Buffer.from('\x01a\xc0\x00', 'latin1')]]),
  );
  expect(options.search).toEqual([]);
});

test.each([
  ['too short', Buffer.alloc(100)],
  ['not a reply', patched(0, 1)],
  ['not for Ethernet', patched(1, 6)],
  ['BOOTP', patched(236, 0)],
  ['of a client message type', patched(242, 3)],
])('rejects a message that is %s', (_case, bytes) => {
  expect(() => decodeServerMessage(bytes)).toThrow(MessageRejected);
});

test('property: any bytes are decoded or rejected', () => {
  const fixed = reply([]).subarray(0, 240);
  const options = fc.uint8Array({ maxLength: 400 });
  fc.assert(
    fc.property(options, fc.boolean(), (bytes, withFixed) => {
      try {
        decodeServerMessage(Buffer.concat(withFixed ? [fixed, bytes] : [bytes]));
      } catch (error) {
        expect(error).toBeInstanceOf(MessageRejected);
      }
    }),
    { numRuns: 2000 },
  );
});

test('property: a valid message with changed bytes is decoded or rejected', () => {
  const change = fc.array(fc.tuple(fc.nat(547), fc.nat(255)), { maxLength: 20 });
  fc.assert(
    fc.property(change, (changes) => {
      const bytes = Buffer.from(ackOfDnsmasq);
      for (const [offset, value] of changes) if (offset < bytes.length) bytes[offset] = value;
      try {
        decodeServerMessage(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(MessageRejected);
      }
    }),
    { numRuns: 2000 },
  );
});

function patched(offset: number, value: number): Buffer {
  const bytes = reply([]);
  bytes[offset] = value;
  return bytes;
}
