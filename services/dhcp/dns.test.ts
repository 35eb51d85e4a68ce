import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatResolvConf } from '../../lib/net/resolv-conf.ts';
import { dnsSources, fixedDns, leasedDns } from './dns.ts';
import { leaseOf } from './protocol/lease.ts';
import { ackOfDnsmasq, decoded, reply } from './testdata/reply.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-dhcp-'));
afterAll(() => rmSync(folder, { recursive: true }));

const leases = [
  ackOfDnsmasq,
  reply([
    [51, Buffer.of(0, 0, 1, 0)],
    [6, '1.1.1.1', '10.0.2.3', '127.0.0.1', '8.8.8.8', '9.9.9.9'],
  ]),
]
  .map((bytes) => leaseOf(decoded(bytes), 0))
  .flatMap((lease) => lease ?? []);

test('resolv.conf lists servers and domains of all interfaces once, up to the resolver limits', () => {
  expect(formatResolvConf(leases.map(leasedDns))).toBe(
    'search example.com lan.example.com ex.org\n' +
      'nameserver 10.0.2.3\nnameserver 1.1.1.1\nnameserver 8.8.8.8\n',
  );
  expect(formatResolvConf([])).toBe('');
});

test('servers and domains of the manifest come first', () => {
  expect(fixedDns(folder)).toEqual([]);
  writeFileSync(join(folder, 'static.json'), '{"servers":["fd00::3"],"search":["lan"]}');
  expect(formatResolvConf([...fixedDns(folder), ...leases.map(leasedDns)])).toBe(
    'search lan example.com lan.example.com ex.org\n' +
      'nameserver fd00::3\nnameserver 10.0.2.3\nnameserver 1.1.1.1\n',
  );
});

test('the manifest comes before what was learned, and metadata last', () => {
  const file = (name: string, server: string, domain: string): void =>
    writeFileSync(join(folder, name), JSON.stringify({ servers: [server, 'web'], search: [domain, '-'] }));
  file('static.json', '10.0.0.1', 'manifest');
  file('metadata.json', '10.0.0.4', 'metadata');
  const learned = [
    { servers: ['10.0.0.2', '10.0.0.1'], search: ['lease'] },
    { servers: ['fd00::3'], search: ['manifest', 'router'] },
  ];
  expect(dnsSources(folder, learned).flatMap(({ servers }) => servers)).toEqual([
    ...['10.0.0.1', '10.0.0.2', '10.0.0.1', 'fd00::3', '10.0.0.4'],
  ]);
  expect(formatResolvConf(dnsSources(folder, learned))).toBe(
    'search manifest lease router metadata\n' +
      'nameserver 10.0.0.1\nnameserver 10.0.0.2\nnameserver fd00::3\n',
  );
});
