import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { bodyBytes, readTar, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { type DebianSource, debianSource } from '../../debian/source.ts';
import { packDeb } from '../../debian/testing.ts';
import { testWork } from '../../testing.ts';
import type { Work } from '../../work.ts';
import { writeDebianLayer } from './layer.ts';

let dir: string;
let debs: string[];
let work: Work;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-layer-'));
  work = testWork({ cacheDir: join(dir, 'cache') });
  debs = [
    await deb('one', {
      'lib/libold.so.1': 'not yet in /usr',
      'usr/bin/tool': 'x'.repeat(300_000),
      'usr/share/doc/one/copyright': 'text',
      'usr/share/certs/b.crt': 'B\n',
      'usr/share/certs/a.crt': 'A\n',
      'etc/one.conf': 'conf',
    }),
    await deb('two', { 'usr/bin/other': 'other' }),
  ];
});
afterAll(() => rmSync(dir, { recursive: true }));

async function deb(name: string, files: Record<string, string>): Promise<string> {
  const entries = Object.entries(files).map(([path, content]) =>
    textEntry(path, content, path.includes('bin/') ? 0o755 : 0o644),
  );
  if (name === 'one') {
    entries.push(
      tarEntry({ path: 'usr/bin/alias', type: 'hardlink', linkname: 'usr/bin/tool', mode: 0o755 }),
      tarEntry({ path: 'usr/bin/link', type: 'symlink', linkname: 'tool' }),
      tarEntry({ path: 'var/lib/one', type: 'directory' }),
    );
  }
  const file = join(dir, `${name}.deb`);
  await packDeb(file, { Package: name, Version: '1', Architecture: 'all' }, entries);
  return file;
}

async function layer(part: Partial<DebianSource>): Promise<Map<string, string>> {
  const out = join(dir, 'layer.tar');
  await writeDebianLayer(debianSource({ packages: ['one'], ...part }), debs, out, work);
  const rows = new Map<string, string>();
  for await (const entry of readTar(createReadStream(out), out)) {
    const what = entry.linkname || (entry.size > 99 ? `${entry.size} bytes` : String(await bodyBytes(entry)));
    const mode = entry.mode.toString(8);
    rows.set(entry.path, [entry.type, mode, entry.uid, entry.mtime, what].join(' ').trim());
  }
  return rows;
}

test('takes all files of all packages, sorted, for a merged /usr, without documentation', async () => {
  const rows = await layer({});
  expect([...rows.keys()]).toEqual([...rows.keys()].sort());
  expect(Object.fromEntries(rows)).toEqual({
    etc: 'directory 755 0 0',
    'etc/one.conf': 'file 644 0 0 conf',
    usr: 'directory 755 0 0',
    'usr/bin': 'directory 755 0 0',
    'usr/bin/alias': 'file 755 0 0 300000 bytes',
    'usr/bin/link': 'symlink 777 0 0 tool',
    'usr/bin/other': 'file 755 0 0 other',
    'usr/bin/tool': 'hardlink 755 0 0 usr/bin/alias',
    'usr/lib': 'directory 755 0 0',
    'usr/lib/libold.so.1': 'file 644 0 0 not yet in /usr',
    'usr/share': 'directory 755 0 0',
    'usr/share/certs': 'directory 755 0 0',
    'usr/share/certs/a.crt': 'file 644 0 0 A',
    'usr/share/certs/b.crt': 'file 644 0 0 B',
    var: 'directory 755 0 0',
    'var/lib': 'directory 755 0 0',
    'var/lib/one': 'directory 755 0 0',
  });
});

test('include and exclude select files; folders, links and concatenated files are made', async () => {
  const rows = await layer({
    include: ['/usr/bin/*'],
    exclude: ['/usr/bin/{tool,alias,link}'],
    directories: ['/tmp 1777', '/run'],
    links: [{ in: '/', to: 'usr/bin', names: ['bin'] }],
    concat: { '/etc/all.crt': '/usr/share/certs/*.crt' },
  });
  expect(Object.fromEntries(rows)).toEqual({
    bin: 'symlink 777 0 0 usr/bin',
    etc: 'directory 755 0 0',
    'etc/all.crt': 'file 644 0 0 A\nB',
    run: 'directory 755 0 0',
    tmp: 'directory 1777 0 0',
    usr: 'directory 755 0 0',
    'usr/bin': 'directory 755 0 0',
    'usr/bin/other': 'file 755 0 0 other',
  });
});

test('a hard link without its target is refused', async () => {
  const path = '"/usr/bin/(tool|alias)"';
  await expect(
    layer({ include: ['/usr/bin/tool'] }).then(() => layer({ include: ['/usr/bin/alias'] })),
  ).rejects.toThrow(new RegExp(`^Cannot take ${path}: it is a hard link to ${path}, which is left out$`));
});

test('the same packages give the same bytes', async () => {
  const source = debianSource({ packages: ['one'] });
  const first = await writeDebianLayer(source, debs, join(dir, '1.tar'), work);
  expect(await writeDebianLayer(source, debs, join(dir, '2.tar'), work)).toEqual(first);
});

test('concatenating no files and a damaged package are errors', async () => {
  await expect(layer({ concat: { '/x': '/nothing/*' } })).rejects.toThrow(
    'no file of the packages is "/nothing/*"',
  );
  const bad = join(dir, 'bad.deb');
  writeFileSync(bad, 'no archive');
  const source = debianSource({ packages: ['bad'] });
  await expect(writeDebianLayer(source, [bad], join(dir, 'bad.tar'), work)).rejects.toThrow(
    `Cannot read archive "${bad}": it is not an ar archive`,
  );
});
