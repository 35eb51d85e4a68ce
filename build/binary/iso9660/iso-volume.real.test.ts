import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type TarEntry, tarEntry, textEntry } from '../../../lib/archive/tar.ts';
import { writePieces } from '../../pieces/write-pieces.ts';
import { testWork } from '../../testing.ts';
import { runTool } from '../../tools/command.ts';
import { type IsoVolume, isoVolume } from './iso-volume.ts';
import { isoinfoTools, listIso, unpackIso, xorriso } from './testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-iso-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeAll(async () => void (await isoinfoTools()), 300_000);

const { signal } = testWork();
let made = 0;

async function iso(entries: () => Iterable<TarEntry>, more: Partial<IsoVolume> = {}): Promise<string> {
  made += 1;
  const path = join(folder, `${made}.iso`);
  const volume = { volumeId: 'TEST', id: '0123456789abcdef', walk: entries, ...more };
  await writePieces(path, await isoVolume(volume), signal);
  return path;
}

const deep = Array.from({ length: 40 }, (_, at) => `level-${at}`).join('/');
const longLink = Array.from({ length: 9 }, (_, at) => String(at).repeat(100)).join('/');

function* everyKind(): Generator<TarEntry> {
  yield tarEntry({ path: 'a', type: 'directory', mode: 0o1777, uid: 5, gid: 70_000, mtime: 1_500_000_000 });
  yield textEntry('a/hello', 'first\n');
  yield textEntry('a/Hello', 'capital\n', 0o4755);
  yield textEntry('a/hello', 'last\n');
  yield textEntry('a/empty', '');
  yield textEntry(`a/${'n'.repeat(253)}`, 'long name');
  yield textEntry(`a/${'ü'.repeat(126)}`, 'letters of two bytes');
  yield { ...textEntry(`a/${'\udce9'.repeat(253)}`, 'bytes that are not UTF-8'), mtime: -1000 };
  yield tarEntry({ path: 'a/hard', type: 'hardlink', linkname: 'a/hello' });
  yield tarEntry({ path: 'a/link', type: 'symlink', linkname: `/usr/../${'y'.repeat(255)}/./z` });
  yield tarEntry({ path: 'a/long', type: 'symlink', linkname: longLink });
  yield tarEntry({ path: 'a/null', type: 'char', devmajor: 1, devminor: 3, mode: 0o666 });
  yield tarEntry({ path: 'a/whiteout', type: 'char', mode: 0 });
  yield tarEntry({ path: 'a/pipe', type: 'fifo' });
  yield textEntry(`${deep}/file`, 'deep');
  for (let at = 0; at < 1500; at += 1) yield textEntry(`many/a-common-beginning-${at}`, `${at}\n`);
}

test('xorriso reads every type of file as it was', async () => {
  const listed = await listIso(await iso(everyKind));
  expect(listed.get('/a')).toMatchObject({ mode: 'drwxrwxrwt', uid: 5, gid: 70_000 });
  expect(listed.get('/a/Hello')).toMatchObject({ mode: '-rwsr-xr-x', size: '8' });
  expect(listed.get('/a/hello')).toMatchObject({ mode: '-rw-r--r--', size: '5' });
  expect(listed.get('/a/hard')).toMatchObject({ mode: '-rw-r--r--', size: '5' });
  expect(listed.get('/a/link')?.target).toBe(`/usr/../${'y'.repeat(255)}/./z`);
  expect(listed.get('/a/long')?.target).toBe(longLink);
  expect(listed.get('/a/null')).toMatchObject({ mode: 'crw-rw-rw-', size: '1,3' });
  expect(listed.get('/a/whiteout')).toMatchObject({ mode: 'c---------', size: '0,0' });
  expect(listed.get('/a/pipe')?.mode).toBe('prw-r--r--');
  expect(listed.has(`/a/${'n'.repeat(253)}`)).toBe(true);
  expect(listed.has(`/a/${'ü'.repeat(126)}`)).toBe(true);
  expect(listed.get(`/a/${'\ufffd'.repeat(253)}`)?.size).toBe('24');
  expect([...listed.keys()].filter((path) => path.startsWith('/many/'))).toHaveLength(1500);
});

test('files have their contents', async () => {
  const out = join(folder, 'out');
  mkdirSync(out);
  await unpackIso(await iso(() => [...everyKind()].filter(({ type }) => type !== 'char')), out);
  expect(readFileSync(join(out, 'a/hello'), 'utf8')).toBe('last\n');
  expect(readFileSync(join(out, 'a/hard'), 'utf8')).toBe('last\n');
  expect(statSync(join(out, 'a/empty')).size).toBe(0);
  expect(statSync(join(out, 'a')).mtimeMs).toBe(1_500_000_000_000);
  expect(readFileSync(join(out, deep, 'file'), 'utf8')).toBe('deep');
  for (const at of [0, 33, 999, 1499])
    expect(readFileSync(join(out, `many/a-common-beginning-${at}`), 'utf8')).toBe(`${at}\n`);
});

test('isoinfo reads the same, and finds the path tables in order', async () => {
  const path = await iso(everyKind);
  const tools = await isoinfoTools();
  const { stdout } = await runTool(tools, 'isoinfo', ['-R', '-f', '-i', path], { signal });
  const paths = stdout.split('\n').filter((line) => line !== '');
  expect(paths.sort()).toEqual([...(await listIso(path)).keys()].filter((one) => one !== '/').sort());
  const table = await runTool(tools, 'isoinfo', ['-p', '-i', path], { signal });
  expect(table.stdout).toContain('LEVEL_39');
  const facts = await runTool(tools, 'isoinfo', ['-d', '-i', path], { signal });
  expect(facts.stdout).toMatch(/Volume id: TEST[\s\S]*Rock Ridge signatures version 1 found/);
});

test('the same files give the same bytes', async () => {
  const [one, two] = [await iso(everyKind), await iso(everyKind)];
  expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
});

test('boot catalog and MBR have the boot programs', async () => {
  const bios = { firmware: 'bios', pieces: [Buffer.alloc(30_000, 'b')] } as const;
  const efi = { firmware: 'efi', pieces: [Buffer.alloc(70_000, 'e')] } as const;
  const path = await iso(everyKind, { boot: [bios, efi], mbrCode: Buffer.alloc(440, 'm') });
  const report = (await xorriso(['-abort_on', 'FAILURE', '-indev', path, '-report_el_torito', 'plain']))
    .stdout;
  expect(report).toMatch(/boot img : +1 +BIOS +y +none .* 4 +\d+\n/);
  expect(report).toMatch(/boot img : +2 +UEFI +y +none .* 137 +\d+\n/);
  const image = readFileSync(path);
  const block = Number(/BIOS .* (\d+)\n/.exec(report)?.[1]);
  expect(image.readUInt32LE(block * 2048 + 12)).toBe(block);
  expect(image.readUInt32LE(block * 2048 + 16)).toBe(30_000);
  expect(image.readBigUInt64LE(432)).toBe(BigInt(block * 4 + 4));
  expect(image[446 + 4]).toBe(0xef);
});

test('a file of 4 GiB and more is one of several sections', async () => {
  const size = 2 ** 32 + 12_345;
  const body = function* (): Generator<Buffer> {
    const zeros = Buffer.alloc(1 << 20);
    for (let left = size; left > 0; left -= zeros.length) yield zeros.subarray(0, left);
  };
  const head = [];
  // The head has the records; the file's content is not read.
  for await (const piece of (
    await isoVolume({
      volumeId: 'X',
      id: '00000000',
      walk: () => [tarEntry({ path: 'big', size, body: body() })],
    })
  )()) {
    if ('hole' in piece) head.push(Buffer.alloc(piece.hole));
    else if ('file' in piece || piece.length === 1 << 20) break;
    else head.push(Buffer.from(piece));
  }
  const bytes = Buffer.concat(head);
  const records = [...bytes.toString('latin1').matchAll(/BIG\.;1/g)].map(({ index }) => index - 33);
  expect(records.map((at) => [bytes.readUInt32LE(at + 10), bytes[at + 25]])).toEqual([
    [0xfffff800, 0x80],
    [size - 0xfffff800, 0],
  ]);
  expect(bytes.readUInt32LE((records[1] ?? 0) + 2) - bytes.readUInt32LE((records[0] ?? 0) + 2)).toBe(
    0xfffff800 / 2048,
  );
});

test('entries that an ISO cannot hold are refused', async () => {
  await expect(iso(() => [textEntry('n'.repeat(254), '')])).rejects.toThrow('longer than the 253 bytes');
  await expect(iso(() => [tarEntry({ path: 'x', type: 'hardlink', linkname: 'gone' })])).rejects.toThrow(
    'Cannot put hard link "x" into the ISO: there is no file "gone"',
  );
  await expect(iso(() => [textEntry('x', ''), textEntry('x/y', '')])).rejects.toThrow('"x" is not a folder');
});

const name = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 60 })
  // Without characters that xorriso's listing escapes.
  .filter(
    (text) =>
      /^[^/\p{C}'"\\]+$/u.test(text) && text.trim() === text && !/^\.+$/.test(text) && text.isWellFormed(),
  );
const content = fc.oneof(fc.nat(5), fc.integer({ min: 2040, max: 2060 }), fc.nat(5000));

test('xorriso extracts any tree of files unchanged', async () => {
  const files = fc.uniqueArray(fc.tuple(fc.array(name, { minLength: 1, maxLength: 5 }), content), {
    maxLength: 60,
    selector: ([parts]) => parts.join('/'),
  });
  await fc.assert(
    fc.asyncProperty(files, async (list) => {
      const entries = list.map(([parts, size], at) => ({
        path: parts.join('/'),
        text: Buffer.alloc(size, `${at} `),
      }));
      // A file cannot be a folder as well.
      const possible = entries.filter(
        ({ path }) => !entries.some((other) => other.path.startsWith(`${path}/`)),
      );
      const out = mkdtempSync(join(folder, 'any-'));
      await unpackIso(await iso(() => possible.map(({ path, text }) => textEntry(path, text))), out);
      for (const { path, text } of possible) expect(readFileSync(join(out, path)).equals(text)).toBe(true);
      const found = readdirSync(out, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
      expect(found).toHaveLength(possible.length);
    }),
    { numRuns: 15 },
  );
}, 120_000);
