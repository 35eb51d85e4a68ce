import { mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { leaseOf } from './lease.ts';
import { decodeMessage } from './message.ts';
import { formatResolvConf, writeInPlace } from './resolvconf.ts';
import { ackOfDnsmasq, reply } from './testdata/reply.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-dhcp-'));
afterAll(() => rmSync(folder, { recursive: true }));

const leases = [
  ackOfDnsmasq,
  reply([
    [51, Buffer.of(0, 0, 1, 0)],
    [6, '1.1.1.1', '10.0.2.3', '127.0.0.1', '8.8.8.8', '9.9.9.9'],
  ]),
]
  .map((bytes) => leaseOf(decodeMessage(bytes), 0))
  .flatMap((lease) => lease ?? []);

test('servers and domains of all interfaces, none twice, as many as a resolver reads', () => {
  expect(formatResolvConf(leases)).toBe(
    'search example.com lan.example.com ex.org\nnameserver 10.0.2.3\nnameserver 1.1.1.1\nnameserver 8.8.8.8\n',
  );
  expect(formatResolvConf([])).toBe('');
});

test('the file is rewritten, not replaced, whether the text grows or shrinks', () => {
  const path = join(folder, 'sub/resolv.conf');
  writeInPlace(path, 'nameserver 10.0.2.3\nnameserver 10.0.2.4\n');
  const { ino } = statSync(path);
  const bound = openSync(path, 'r');
  for (const text of ['nameserver 1.1.1.1\n', '', 'search a.b\nnameserver 10.0.2.3\nnameserver 10.0.2.4\n']) {
    writeInPlace(path, text);
    const seen = Buffer.alloc(100);
    expect(seen.toString('utf8', 0, readSync(bound, seen, 0, 100, 0))).toBe(text);
    expect(readFileSync(path, 'utf8')).toBe(text);
  }
  expect(statSync(path).ino).toBe(ino);
});
