import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ackOfDnsmasq, decoded, reply } from '../testdata/reply.ts';
import { addresseeOf, encodeClientMessage, MessageRejected } from './message.ts';
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
      '370e0103060c0f1a2a33363a3b7779f9' + // parameter request list
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
  expect(decoded(ackOfDnsmasq)).toMatchObject({
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
      domains: ['ex.org'],
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
  const { options } = decoded(
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
    domains: ['example.com'],
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
  expect(decoded(bytes).options.domains).toEqual(['example.com']);
});

test.each([
  ['a newline', 'a\nnameserver', '"a\\x0anameserver"'],
  ['a leading dash', '-a', '"-a"'],
  ['an empty part', 'a..b', '"a..b"'],
  ['255 letters', 'a'.repeat(255), `"${'a'.repeat(64)}"`],
  ['Latin-1', 'b\xfccher.example', '"b\xfccher.example"'],
])('a domain with %s is named, and does not count', (_case, domain, shown) => {
  const { options } = decoded(reply([[code.domain, Buffer.from(domain, 'latin1')]]));
  expect(options).toMatchObject({ domains: [], faults: [`domain: ${shown} is no such name`] });
});

test.each([
  ['a space', 'alpha.example beta.example'],
  ['several', 'alpha.example  beta.example '],
  ['a comma', 'alpha.example,beta.example'],
  ['a comma and a space', 'alpha.example, beta.example.'],
  ['a NUL', 'alpha.example\0beta.example\0'],
])('option 15 may have several domains, with %s between', (_case, text) => {
  const { options } = decoded(reply([[code.domain, Buffer.from(text)]]));
  expect(options).toMatchObject({ domains: ['alpha.example', 'beta.example'], faults: [] });
});

test.each<[string, readonly [number, Buffer | string, ...string[]], object, string]>([
  [
    'addresses that are cut short',
    [code.dns, Buffer.of(1, 1, 1, 1, 8, 8)],
    { dns: ['1.1.1.1'] },
    'resolver: 6 bytes, which are no whole addresses',
  ],
  ['an MTU of one byte', [code.mtu, Buffer.of(5)], { mtu: undefined }, 'MTU: 1 bytes instead of 2'],
  [
    'a lease time that is there twice',
    [code.leaseTime, Buffer.of(0, 0, 14, 16, 0, 0, 14, 16)],
    { leaseSeconds: 3600 },
    'lease time: 8 bytes instead of 4',
  ],
  [
    'a netmask with a hole',
    [code.subnetMask, '255.0.255.0'],
    { prefix: undefined },
    'netmask 255.0.255.0: its ones are not contiguous',
  ],
  [
    'a search list that is text',
    [code.domainSearch, Buffer.from('lan.example.com')],
    { search: [] },
    'search list: not a list of domain names (RFC 3397)',
  ],
  [
    'a search list with a pointer to itself',
    [code.domainSearch, Buffer.from('\x01a\xc0\x00', 'latin1')],
    { search: [] },
    'search list: not a list of domain names (RFC 3397)',
  ],
  [
    'routes that are cut short',
    [code.classlessRoutes, Buffer.of(0, 10, 0, 0, 1, 24, 10)],
    { routes: [{ destination: '0.0.0.0', prefix: 0, gateway: '10.0.0.1' }] },
    'classless routes: cut short, or of a prefix above 32',
  ],
  [
    'a host name with a blank',
    [code.hostname, Buffer.from('web 1')],
    { hostname: undefined },
    'host name: "web 1" is no such name',
  ],
])('%s: what can be read counts, and the rest is named', (_case, option, read, fault) => {
  expect(decoded(reply([option])).options).toMatchObject({ ...read, faults: [fault] });
});

test('an option that is longer than its message is named', () => {
  const bytes = Buffer.concat([reply([]).subarray(0, -1), Buffer.of(code.domain, 20, 97)]);
  expect(decoded(bytes).options.faults).toEqual(['option 15: cut short']);
});

test('routes of option 249 count if there are none of option 121', () => {
  const route = (gateway: number): Buffer => Buffer.of(0, 10, 0, 0, gateway);
  const old = decoded(reply([[code.microsoftRoutes, route(1)]]));
  expect(old.options.routes).toMatchObject([{ gateway: '10.0.0.1' }]);
  const both = decoded(
    reply([
      [code.microsoftRoutes, route(1)],
      [code.classlessRoutes, route(2)],
    ]),
  );
  expect(both.options.routes).toMatchObject([{ gateway: '10.0.0.2' }]);
});

test('a reply says whom it is for, whatever kind of hardware it names', () => {
  expect(addresseeOf(patched(1, 6))).toEqual({ xid: 1, mac: '52:54:00:12:34:56' });
  expect(decoded(patched(2, 0)).address).toBe('10.0.2.15');
  expect(addresseeOf(patched(0, 1))).toBeUndefined();
});

test.each([
  ['too short', Buffer.alloc(100)],
  ['not a reply', patched(0, 1)],
  ['BOOTP', patched(236, 0)],
  ['of a client message type', patched(242, 3)],
])('rejects a message that is %s', (_case, bytes) => {
  expect(() => decoded(bytes)).toThrow(MessageRejected);
});

test('property: any bytes are decoded or rejected', () => {
  const fixed = reply([]).subarray(0, 240);
  const options = fc.uint8Array({ maxLength: 400 });
  fc.assert(
    fc.property(options, fc.boolean(), (bytes, withFixed) => {
      try {
        decoded(Buffer.concat(withFixed ? [fixed, bytes] : [bytes]));
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
        decoded(bytes);
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
