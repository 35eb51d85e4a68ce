import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { packDeb } from '../../debian/testing.ts';
import { testWork } from '../../testing.ts';
import { type Firmware, readFirmware, writeFirmware, writeLicences } from './firmware.ts';

let dir: string;
let found: Firmware;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-firmware-'));
  const work = testWork({ cacheDir: join(dir, 'cache') });
  const debs = [
    await deb('firmware-one', { 'lib/firmware/one/v2.fw': 'x'.repeat(300_000) }, { 'one/new.fw': 'v2.fw' }),
    await deb('firmware-two', { 'usr/lib/firmware/two.fw': 'two' }, { 'broken.fw': 'gone.fw' }),
    await deb('firmware-unused', { 'usr/lib/firmware/unused.fw': 'unused' }),
  ];
  found = await readFirmware(debs, join(dir, 'spool'), work);
});
afterAll(() => rmSync(dir, { recursive: true }));

async function deb(
  name: string,
  files: Record<string, string>,
  links: Record<string, string> = {},
): Promise<string> {
  const file = join(dir, `${name}.deb`);
  await packDeb(file, { Package: name, Version: '1', Architecture: 'all' }, [
    ...Object.entries(files).map(([path, content]) => textEntry(path, content)),
    ...Object.entries(links).map(([path, linkname]) =>
      tarEntry({ path: `usr/lib/firmware/${path}`, type: 'symlink', linkname }),
    ),
    textEntry(`usr/share/doc/${name}/copyright`, 'the same licence'),
    textEntry(`usr/share/doc/${name}/changelog`, 'changes'),
  ]);
  return file;
}

test('files and what links lead to; a link to nothing is not there', () => {
  expect([...found.files].map(([path, file]) => `${path} ${file.package}`).sort()).toEqual([
    'one/new.fw firmware-one',
    'one/v2.fw firmware-one',
    'two.fw firmware-two',
    'unused.fw firmware-unused',
  ]);
});

test('a file is written under the name that the module asks for, and a licence once', async () => {
  const tree = join(dir, 'tree');
  await writeFirmware(['one/new.fw', 'two.fw'], found, tree);
  await writeLicences(['one/new.fw', 'two.fw'], found, tree);
  const names = readdirSync(tree, { recursive: true, withFileTypes: true });
  expect(
    names
      .filter((item) => !item.isDirectory())
      .map((item) => join(item.parentPath, item.name).slice(tree.length))
      .sort(),
  ).toEqual([
    '/usr/lib/firmware/one/new.fw',
    '/usr/lib/firmware/two.fw',
    '/usr/share/doc/firmware-one/copyright',
    '/usr/share/doc/firmware-two/copyright',
  ]);
  expect(readFileSync(join(tree, 'usr/lib/firmware/one/new.fw'), 'utf8')).toHaveLength(300_000);
  const second = join(tree, 'usr/share/doc/firmware-two/copyright');
  expect(readlinkSync(second)).toBe('../firmware-one/copyright');
  expect(readFileSync(second, 'utf8')).toBe('the same licence');
});
