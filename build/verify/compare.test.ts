import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { textEntry, writeTar } from '../../lib/archive/tar.ts';
import { cpioPieces } from '../binary/cpio/cpio-pieces.ts';
import { readAll } from '../pieces/read-pieces.ts';
import { firstDifference } from './compare.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-verify-'));
afterAll(() => rmSync(dir, { recursive: true }));

const { signal } = new AbortController();
const [own, wanted] = [join(dir, 'own'), join(dir, 'wanted')];
const changed = (bytes: Buffer, at: number): Buffer => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 1;
  return copy;
};

async function compare(given: Buffer, right: Buffer) {
  writeFileSync(own, given);
  writeFileSync(wanted, right);
  return firstDifference(own, wanted, signal);
}

const archive = await readAll(
  cpioPieces([
    { path: 'init', type: 'file', mode: 0o755, body: Buffer.from('#!') },
    { path: 'layers/ab.erofs', type: 'file', mode: 0o644, body: Buffer.alloc(3 << 20, 'layer') },
  ]),
);

test('equal files have no difference', async () => {
  expect(await compare(archive, archive)).toBeUndefined();
});

test('a flipped byte of an initrd is reported with its entry', async () => {
  expect(await compare(changed(archive, 2_000_000), archive)).toMatchObject({
    offset: 2_000_000,
    part: 'layers/ab.erofs',
    cause: expect.stringContaining('one byte was changed after it was built'),
  });
  expect(await compare(changed(archive, 112), archive)).toMatchObject({ offset: 112, part: 'init' });
});

test('the entry is found in an initrd with microcode, and is null in its compressed archive', async () => {
  const ucode = await readAll(
    cpioPieces([{ path: 'kernel/x86', type: 'file', mode: 0o644, body: Buffer.from('code') }]),
  );
  const initrd = Buffer.concat([ucode, Buffer.alloc(512), archive, Buffer.from('1f8b0800', 'hex')]);
  const start = ucode.length + 512;
  expect(await compare(changed(initrd, 120), initrd)).toMatchObject({ part: 'kernel/x86' });
  expect(await compare(changed(initrd, start - 300), initrd)).toMatchObject({ part: null });
  expect(await compare(changed(initrd, start + 112), initrd)).toMatchObject({ part: 'init' });
  expect(await compare(changed(initrd, initrd.length - 1), initrd)).toMatchObject({ part: null });
});

test('a flipped byte of a tar is reported with its entry', async () => {
  const tar = join(dir, 'x.tar');
  await writeTar(tar, [textEntry('etc/a', 'a'), textEntry('etc/b', 'b'.repeat(2000))]);
  const bytes = readFileSync(tar);
  expect(await compare(changed(bytes, 3000), bytes)).toMatchObject({ offset: 3000, part: 'etc/b' });
  expect(await compare(changed(bytes, 1024), bytes)).toMatchObject({ part: 'etc/b' });
  expect(await compare(changed(bytes, bytes.length - 1), bytes)).toMatchObject({ part: null });
});

test.each([
  ['a truncated file', archive.subarray(0, 1000), 1000, 'it ends too early: 1000 of'],
  [
    'a file with bytes added at its end',
    Buffer.concat([archive, Buffer.from('x')]),
    archive.length,
    '1 bytes were added',
  ],
  ['another file', Buffer.alloc(archive.length), 0, 'it was built from something else'],
])('%s', async (_title, given, offset, cause) => {
  expect(await compare(given, archive)).toMatchObject({ offset, cause: expect.stringContaining(cause) });
});

test('a missing file', async () => {
  expect(await firstDifference(join(dir, 'none'), wanted, signal)).toMatchObject({
    offset: null,
    part: null,
  });
});
