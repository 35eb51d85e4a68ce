import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { type TarEntry, tarBytes, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import type { MachineClient } from '../client/client.ts';
import { copyFiles } from './copy-files.ts';
import { parseCopyRequest } from './copy-request.ts';

/** The home of the user who copies; nothing in it but `got` may change. */
const home = mkdtempSync(join(tmpdir(), 'kit-hostile-'));
const here = join(home, 'here');
afterAll(() => rmSync(home, { recursive: true }));

beforeEach(() => {
  rmSync(here, { recursive: true, force: true });
  mkdirSync(here);
  writeFileSync(join(home, 'key'), 'mine');
});

/** `kit cp SOURCE TARGET` in `here` from a machine that answers with the given archive. */
async function cp(source: string, target: string, entries: readonly TarEntry[]) {
  async function* answer() {
    for await (const data of tarBytes(entries)) yield { data };
    yield { end: true };
  }
  const call = Object.assign(Readable.from(answer()), { write: () => true, end: () => {}, cancel: () => {} });
  const client = { copy: () => call } as unknown as MachineClient;
  const stdout = new PassThrough();
  const signal = new AbortController().signal;
  const context = { stdin: Readable.from([]), stdout, stderr: stdout, env: {}, cwd: here, signal };
  return copyFiles(client, parseCopyRequest(source, target), { follow: false, note: () => {} }, context);
}

const folder = (path: string): TarEntry => tarEntry({ path, type: 'directory' });
const link = (path: string, linkname: string): TarEntry => tarEntry({ path, type: 'symlink', linkname });
const hardlink = (path: string, linkname: string): TarEntry => tarEntry({ path, type: 'hardlink', linkname });

test('a machine that is asked for app.log cannot write another file', async () => {
  const keys = textEntry('.ssh/authorized_keys', 'theirs');
  await expect(cp('m:/app.log', '.', [keys])).rejects.toThrow(
    'the sender sent ".ssh/authorized_keys", which is no part of "app.log"',
  );
  await expect(cp('m:/app.log', '.', [folder('.ssh'), keys])).rejects.toThrow('which is no part of');
  await expect(cp('m:/app.log', 'log', [textEntry('app.log', 'log'), keys])).rejects.toThrow('no part of');
  await expect(cp('m:/app.log', '.', [folder('')])).rejects.toThrow('the sender sent ""');
  await expect(cp('m:/app.log', '.', [textEntry('app.log', ''), textEntry('app.log/x', '')])).rejects.toThrow(
    'no part of "app.log"',
  );
  expect(existsSync(join(here, '.ssh'))).toBe(false);
});

test('a name does not lead out of the target when the first entry is renamed', async () => {
  // The name of the first entry and a slash are cut off the others: nine characters, which leaves `../key`.
  const entries = [folder('app-logs'), textEntry('123456789../key', 'theirs')];
  await expect(cp('m:/app-logs', 'got', entries)).rejects.toThrow('which is no part of "app-logs"');
  const deep = [folder('app-logs'), textEntry('123456789../../key', 'theirs')];
  await expect(cp('m:/app-logs', 'got', deep)).rejects.toThrow('leads out of the archive');
  expect(readFileSync(join(home, 'key'), 'utf8')).toBe('mine');
  expect(readdirSync(home).sort()).toEqual(['here', 'key']);
});

test('no link leads out of what was copied', async () => {
  await expect(cp('m:/app.log', '.', [link('app.log', '../key')])).rejects.toThrow(
    'the source is a symbolic link, which could lead anywhere on this host',
  );
  const copied = await cp('m:/d', '.', [
    folder('d'),
    folder('d/sub'),
    textEntry('d/file', ''),
    ...[link('d/root', '/'), link('d/up', '../../key'), link('d/in', 'sub/../file')],
    ...[link('d/sub/top', '..'), link('d/sub/out', '../..'), link('d/through', 'sub/top/../key')],
    ...[link('d/good', './sub/file'), link('d/sub/good', '../file')],
  ]);
  expect(copied).toEqual({ files: 4, bytes: 0, skipped: 5 });
  expect(readdirSync(join(here, 'd')).sort()).toEqual(['file', 'good', 'sub']);
  expect(readdirSync(join(here, 'd/sub')).sort()).toEqual(['good', 'top']);
  const through = [folder('d'), link('d/l', '..'), textEntry('d/l/key', 'theirs')];
  await cp('m:/d', 'other', through);
  expect(existsSync(join(here, 'key'))).toBe(false);
});

test('no hard link, device or setuid program is made', async () => {
  writeFileSync(join(here, 'own'), 'mine');
  await expect(cp('m:/.', '.', [folder(''), hardlink('other', 'own')])).rejects.toThrow('as a hard link');
  expect(statSync(join(here, 'own')).nlink).toBe(1);
  const copied = await cp('m:/d', '.', [
    tarEntry({ path: 'd', type: 'directory', mode: 0o7777 }),
    textEntry('d/su', '', 0o6755),
    tarEntry({ path: 'd/mem', type: 'char', devmajor: 1, devminor: 1 }),
    tarEntry({ path: 'd/sda', type: 'block', devmajor: 8 }),
  ]);
  expect(copied.skipped).toBe(2);
  expect(lstatSync(join(here, 'd')).mode & 0o7777).toBe(0o777);
  expect(lstatSync(join(here, 'd/su')).mode & 0o7777).toBe(0o755);
});

test('a file larger than the free space is refused before anything is written', async () => {
  async function* endless(): AsyncGenerator<Buffer> {
    for (;;) yield Buffer.alloc(1 << 20);
  }
  const big = tarEntry({ path: 'big', size: 2 ** 52, body: endless() });
  await expect(cp('m:/big', '.', [big])).rejects.toThrow('big": no space left on its file system');
  expect(readdirSync(here)).toEqual([]);
});

test('the contents of a folder are copied with all their names', async () => {
  const contents = [folder(''), textEntry('a', '1'), folder('b'), textEntry('b/c', '2')];
  expect(await cp('m:/srv/.', '.', contents)).toMatchObject({ files: 2, bytes: 2 });
  await cp('m:/srv', 'renamed', [folder('srv'), textEntry('srv/a', '3')]);
  expect(readFileSync(join(here, 'renamed/a'), 'utf8')).toBe('3');
});
