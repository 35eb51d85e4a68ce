import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import type { InventoryItem } from '../inventory/item.ts';
import { baseScore } from './cvss.ts';
import { readDatabase } from './database.ts';
import { osvAdvisories } from './osv.ts';
import { scan } from './scan.ts';
import { trackerAdvisories } from './tracker.ts';
import { zipFiles } from './zip.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-cve-'));
afterAll(() => rmSync(dir, { recursive: true }));

const deb = (
  name: string,
  version: string,
  release = 'trixie',
  source?: [string, string],
): InventoryItem => ({
  ...{ name, version, purl: `pkg:deb/debian/${name}@${version}`, release },
  ...(source && { source: { name: source[0], version: source[1] } }),
});
const npm = (name: string, version: string): InventoryItem => ({
  name,
  version,
  purl: `pkg:npm/${name}@${version}`,
});

const release = (status: string, fixed?: string, urgency = 'medium') => ({
  releases: { trixie: { status, urgency, ...(fixed !== undefined && { fixed_version: fixed }) } },
});
const tracker = {
  openssl: {
    'CVE-1': release('resolved', '3.5.2-1'),
    'CVE-2': release('open', undefined, 'high'),
    'CVE-3': release('resolved', '0'),
    'CVE-4': { releases: { bookworm: { status: 'open', urgency: 'low' } } },
    'CVE-5': release('undetermined'),
    'CVE-6': release('open', undefined, 'unimportant'),
    'CVE-7': release('open', undefined, 'not yet assigned'),
  },
};

describe("Debian's tracker", () => {
  const found = (item: InventoryItem) =>
    trackerAdvisories(tracker)
      .findings(item)
      .map(({ id, fixed, severity }) => [id, fixed, severity]);

  test('tells what a version of a source package has in its release', () => {
    expect(found(deb('libssl3t64', '3.5.1-1', 'trixie', ['openssl', '3.5.1-1']))).toEqual([
      ['CVE-1', '3.5.2-1', 'medium'],
      ['CVE-2', null, 'high'],
      ['CVE-6', null, 'negligible'],
      ['CVE-7', null, 'unknown'],
    ]);
    expect(found(deb('openssl', '3.5.2-1')).map(([id]) => id)).toEqual(['CVE-2', 'CVE-6', 'CVE-7']);
    expect(found(deb('openssl', '3.5.2~rc1-1')).map(([id]) => id)).toContain('CVE-1');
    expect(found(deb('openssl', '3.0.1-1', '12'))).toEqual([['CVE-4', null, 'low']]);
    expect(found(deb('libssl3t64', '3.5.1-1'))).toEqual([]);
    expect(found(npm('openssl', '3.5.1'))).toEqual([]);
    expect(found(deb('constructor', '1'))).toEqual([]);
  });
});

const osv = (id: string, ecosystem: string, name: string, events: object[], more: object = {}) => ({
  id,
  affected: [
    {
      package: { ecosystem, name },
      ranges: [{ type: ecosystem === 'npm' ? 'SEMVER' : 'ECOSYSTEM', events }],
    },
  ],
  ...more,
});

describe('OSV', () => {
  const advisories = osvAdvisories([
    osv(
      'GHSA-1',
      'npm',
      'ws',
      [{ introduced: '8.0.0' }, { fixed: '8.17.1' }, { introduced: '0' }, { fixed: '5.2.4' }],
      {
        aliases: ['CVE-2024-1'],
        database_specific: { severity: 'HIGH' },
      },
    ),
    osv('GHSA-2', 'npm', 'ws', [{ introduced: '0' }, { last_affected: '7.5.0' }], {
      severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
    }),
    osv('GHSA-3', 'npm', 'ws', [{ introduced: '0' }], { withdrawn: '2025-01-01T00:00:00Z' }),
    osv('DEBIAN-CVE-2026-1', 'Debian:13', 'glibc', [{ introduced: '0' }, { fixed: '2.41-13' }], {
      upstream: ['CVE-2026-1'],
    }),
    { id: 'X', affected: [{ package: { ecosystem: 'npm', name: 'ws' }, versions: ['6.0.0'] }] },
    null,
    { id: 5, affected: 'x' },
  ]);
  const found = (item: InventoryItem) =>
    advisories.findings(item).map(({ id, fixed, severity }) => [id, fixed, severity]);

  test.each<[string, (string | null)[][]]>([
    [
      '5.2.3',
      [
        ['CVE-2024-1', '5.2.4', 'high'],
        ['GHSA-2', null, 'critical'],
      ],
    ],
    [
      '6.0.0',
      [
        ['GHSA-2', null, 'critical'],
        ['X', null, 'unknown'],
      ],
    ],
    ['7.5.1', []],
    ['8.0.0', [['CVE-2024-1', '8.17.1', 'high']]],
    ['8.17.1', []],
    ['8.17.1-rc.1', [['CVE-2024-1', '8.17.1', 'high']]],
    ['none', []],
  ])('ws %s has %j', (version, findings) => {
    expect(found(npm('ws', version))).toEqual(findings);
  });

  test('Debian is looked up by source package and release', () => {
    expect(found(deb('libc6', '2.41-12', 'trixie', ['glibc', '2.41-12']))).toEqual([
      ['CVE-2026-1', '2.41-13', 'unknown'],
    ]);
    expect(found(deb('libc6', '2.41-12', 'bookworm', ['glibc', '2.41-12']))).toEqual([]);
  });

  test('what it does not know is named, and so are packages without a source', () => {
    const items = [
      ...[npm('ws', '6.0.0'), deb('libc6', '2.41-12'), deb('libc6', '2.41-12', 'bookworm')],
      { name: 'linux', version: '6', purl: 'pkg:generic/linux@6' },
    ];
    const { components, skipped, withoutSource } = scan({ name: 'x', items }, advisories);
    expect([components, skipped, withoutSource]).toEqual([2, ['libc6', 'linux'], ['libc6']]);
    const ofTracker = scan({ name: 'x', items: [...items, deb('x', '1', '')] }, trackerAdvisories(tracker));
    expect(ofTracker.skipped).toEqual(['linux', 'ws']);
  });

  test('the worst comes first, and each finding once', () => {
    const items = [npm('ws', '6.0.0'), npm('ws', '5.2.3'), npm('ws', '5.2.3')];
    const result = scan({ name: 'x', items }, advisories);
    expect(result.findings.map(({ severity, version }) => `${severity} ${version}`)).toEqual([
      ...['critical 5.2.3', 'critical 6.0.0', 'high 5.2.3', 'unknown 6.0.0'],
    ]);
  });
});

/** Scores of first.org's examples (CVSS v3.1 Examples). */
test.each([
  ['CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', 7.5],
  ['CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N', 6.4],
  ['CVSS:3.1/AV:N/AC:H/PR:N/UI:R/S:U/C:L/I:N/A:N', 3.1],
  ['CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H', 10],
  ['CVSS:3.1/AV:P/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N', 0],
  ['CVSS:3.1/AV:N', undefined],
  ['CVSS:4.0/AV:N/AC:L', undefined],
])('%s is %s', (vector, score) => {
  expect(baseScore(vector)).toBe(score);
});

/** A ZIP archive as Info-ZIP makes it. */
function zipOf(files: Record<string, string>, stored = false): Buffer {
  const locals: Buffer[] = [];
  const headers: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const plain = Buffer.from(text);
    const data = stored ? plain : deflateRawSync(plain);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50);
    local.writeUInt16LE(name.length, 26);
    const header = Buffer.alloc(46);
    header.writeUInt32LE(0x02014b50);
    header.writeUInt16LE(stored ? 0 : 8, 10);
    header.writeUInt32LE(data.length, 20);
    header.writeUInt32LE(plain.length, 24);
    header.writeUInt16LE(name.length, 28);
    header.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), data);
    headers.push(header, Buffer.from(name));
    offset += 30 + name.length + data.length;
  }
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(Object.keys(files).length, 10);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, ...headers, end]);
}

describe('a database', () => {
  const write = (name: string, content: string | Buffer): string => {
    writeFileSync(join(dir, name), content);
    return join(dir, name);
  };
  const record = JSON.stringify(osv('CVE-9', 'npm', 'ws', [{ introduced: '0' }]));
  const count = async (path: string): Promise<number> => (await readDatabase(path, 'db')).count;

  test("is Debian's tracker, or OSV as one file, a list, a ZIP or a folder", async () => {
    expect(await count(write('tracker.json', JSON.stringify(tracker)))).toBe(7);
    expect(await count(write('one.json', record))).toBe(1);
    expect(await count(write('list.json', `[${record},${record}]`))).toBe(2);
    expect(await count(write('all.zip', zipOf({ 'a.json': record, 'b.json': record, 'c.txt': 'x' })))).toBe(
      2,
    );
    expect(await count(write('stored.zip', zipOf({ 'a.json': record }, true)))).toBe(1);
    mkdirSync(join(dir, 'folder'));
    write('folder/a.json', record);
    expect(await count(join(dir, 'folder'))).toBe(1);
  });

  test.each<[string, string | Buffer, string]>([
    [
      'cut.json',
      JSON.stringify(tracker).slice(0, -9),
      'Cannot read database "db": it is damaged, or not whole: ',
    ],
    ['other.json', '{"a": {"b": 1}}', "it is neither Debian's tracker nor OSV's format"],
    ['text.json', 'x', 'it is damaged, or not whole'],
    ['cut.zip', zipOf({ 'a.json': record }).subarray(0, -30), 'it is no ZIP archive, or its end is missing'],
    ['bad.zip', zipOf({ 'a.json': '{' }), 'Cannot read database "db: a.json": it is damaged'],
  ])('%s is named, with what is wrong', async (name, content, message) => {
    await expect(readDatabase(write(name, content), 'db')).rejects.toThrow(message);
  });

  test('that is missing or too large is named, and not read', async () => {
    await expect(readDatabase(join(dir, 'none'), 'db')).rejects.toThrow(
      'Cannot read database "db": no such file',
    );
    const path = write('large.json', '');
    truncateSync(path, 500 << 20);
    await expect(readDatabase(path, 'db')).rejects.toThrow('it has more than 419430400 bytes');
  });

  test('a ZIP whose files grow beyond what they say, or point elsewhere, is damaged', () => {
    const files = (bytes: Buffer) => [...zipFiles(bytes, 'x')];
    const zip = zipOf({ 'a.json': 'x'.repeat(1000) });
    const header = zip.indexOf(Buffer.from('PK\x01\x02'));
    const changed = (at: number, value: number): Buffer => {
      const copy = Buffer.from(zip);
      copy.writeUInt32LE(value, header + at);
      return copy;
    };
    expect(() => files(changed(24, 10))).toThrow('"a.json" is damaged');
    expect(() => files(changed(24, 0x7fffffff))).toThrow('has more than');
    expect(() => files(changed(42, 0x7fffffff))).toThrow('it ends too early');
    expect(() => files(changed(20, 0xffff))).toThrow('it ends too early');
  });
});
