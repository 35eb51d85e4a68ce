import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { bodyBytes, type TarEntry } from '../../../lib/archive/tar.ts';
import { KitError } from '../../../lib/errors/errors.ts';
import { parseManifest } from '../../manifest/parse.ts';
import { fileEntries } from './files.ts';
import { dir, link, shown, treeOf } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-files-'));
afterAll(() => rmSync(folder, { recursive: true }));
writeFileSync(join(folder, 'here'), 'from the folder');
const root = treeOf(dir('etc', 0o755), link('bin', 'usr/bin'), dir('usr'), dir('usr/bin', 0o711));

async function files(yaml: string): Promise<TarEntry[]> {
  const manifest = parseManifest(`services: [{name: web, image: x}]\nfiles: [${yaml}]`, 'x.yml', folder);
  const scope = { manifest, ids: new Map([['web', 100]]), root, cwd: '/nowhere', env: { HOME: folder } };
  return fileEntries(manifest.files, scope);
}
const text = async (yaml: string): Promise<string> => {
  const entry = (await files(yaml)).at(-1);
  return entry ? (await bodyBytes(entry)).toString() : '';
};

test.each<[string, string, string[]]>([
  ['text is 0600', '{path: /etc/a, contents: x}', ['directory 755 etc', 'file 600 etc/a']],
  [
    'new folders follow the file',
    '{path: a/b, contents: x, mode: "0640"}',
    ['directory 750 a', 'file 640 a/b'],
  ],
  [
    'a setuid file makes no setuid folder',
    '{path: a/b, contents: x, mode: "4755"}',
    ['directory 755 a', 'file 4755 a/b'],
  ],
  ['a folder is 0700', '{path: /srv, directory: true}', ['directory 700 srv']],
  ['a link', '{path: l, symlink: /x}', ['symlink 777 l']],
  [
    'links of the image are followed',
    '{path: /bin/tool, contents: x}',
    ['directory 755 usr', 'directory 711 usr/bin', 'file 600 usr/bin/tool'],
  ],
  ['a source that may be missing', '{path: a, source: gone, optional: true}', []],
])('%s', async (_title, yaml, expected) => {
  expect(shown(await files(yaml))).toEqual(expected);
});

test('sources are beside the manifest, or at home', async () => {
  expect(await text('{path: a, source: here}')).toBe('from the folder');
  expect(await text('{path: a, source: ~/here}')).toBe('from the folder');
});

test('the manifest as a file', async () => {
  expect(await text('{path: a, metadata: yaml}')).toContain('- name: web');
  expect(JSON.parse(await text('{path: a, metadata: json}'))).toMatchObject({
    services: [{ name: 'web' }],
  });
});

test('owners may be names of entries', async () => {
  expect((await files('{path: a, contents: x, uid: web, gid: 5}')).at(-1)).toMatchObject({
    uid: 100,
    gid: 5,
  });
});

test.each([
  ['a source that is missing', '{path: a, source: gone}', 'Cannot find file "gone"'],
  ['a source that is a folder', '{path: a, source: .}', 'Cannot copy ".": it is not a file'],
  ['an unknown owner', '{path: a, contents: x, uid: foo}', 'there is no entry "foo"'],
  ['the root folder', '{path: /, directory: true}', 'files cannot replace the root folder'],
])('%s is an error with its place', async (_title, yaml, message) => {
  const thrown: unknown = await files(yaml).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(KitError);
  expect(thrown).toMatchObject({ message, place: { file: 'x.yml', line: 2 } });
});
