import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { writePieces } from './write-pieces.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-pieces-'));
afterAll(() => rmSync(folder, { recursive: true }));

const { signal } = new AbortController();
const blob = join(folder, 'blob');
writeFileSync(blob, Buffer.alloc(3_000_001, 'x'));
const pieces = [Buffer.from('head'), { file: blob, bytes: 3_000_001 }, Buffer.from('tail')];
const whole = Buffer.concat([Buffer.from('head'), readFileSync(blob), Buffer.from('tail')]);

test('bytes and files are concatenated', async () => {
  const out = join(folder, 'new', 'folder', 'out');
  expect(await writePieces(out, pieces, signal)).toBe(3_000_009);
  expect(readFileSync(out).equals(whole)).toBe(true);
});

test('a file with the same content is kept, any other is replaced', async () => {
  const out = join(folder, 'out');
  await writePieces(out, pieces, signal);
  const { ino } = statSync(out);
  await writePieces(out, pieces, signal);
  expect(statSync(out).ino).toBe(ino);
  for (const at of [0, 2_000_000, whole.length - 1]) {
    const damaged = Buffer.from(whole);
    damaged[at] = 0;
    writeFileSync(out, damaged);
    await writePieces(out, pieces, signal);
    expect(readFileSync(out).equals(whole)).toBe(true);
  }
});

test('a failure or an interruption leaves the old file and no partial one', async () => {
  const out = join(folder, 'kept');
  writeFileSync(out, 'old');
  const before = readdirSync(folder);
  await expect(writePieces(out, [{ file: blob, bytes: 4_000_000 }], signal)).rejects.toThrow(
    'it is shorter than',
  );
  await expect(writePieces(out, [{ file: join(folder, 'gone'), bytes: 1 }], signal)).rejects.toThrow(
    'ENOENT',
  );
  await expect(writePieces(out, pieces, AbortSignal.abort(new Error('stop')))).rejects.toThrow('stop');
  expect(readFileSync(out, 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(before);
});

test('partial files of killed processes are removed, those of running ones are not', async () => {
  const out = join(folder, 'swept');
  const [dead, living, foreign] = [`${out}.4194305.part`, `${out}.1.part`, `${folder}/other.4194305.part`];
  for (const file of [dead, living, foreign]) writeFileSync(file, 'part');
  await writePieces(out, pieces, signal);
  expect([dead, living, foreign].map((file) => existsSync(file))).toEqual([false, true, true]);
});

test('holes read as zeros and take no space on the disk', async () => {
  const out = join(folder, 'sparse');
  const sparse = [{ hole: 1 << 22 }, Buffer.from('x'), { hole: 1 << 22 }];
  const wanted = Buffer.concat([Buffer.alloc(1 << 22), Buffer.from('x'), Buffer.alloc(1 << 22)]);
  for (let round = 0; round < 2; round += 1) {
    expect(await writePieces(out, sparse, signal)).toBe(wanted.length);
    expect(readFileSync(out).equals(wanted)).toBe(true);
    expect(statSync(out).blocks * 512).toBeLessThan(1 << 20);
    writeFileSync(out, Buffer.alloc(wanted.length, 1));
  }
});

test('content from a function replaces shorter and longer files', async () => {
  const out = join(folder, 'made');
  const made = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('one ');
    yield Buffer.from('two');
  };
  for (const before of ['one two', 'one two three', 'one t', '']) {
    writeFileSync(out, before);
    expect(await writePieces(out, made, signal)).toBe(7);
    expect(readFileSync(out, 'utf8')).toBe('one two');
  }
});
