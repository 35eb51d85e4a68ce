import { mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unpacked } from '../layers/compression.ts';

let dir: string;
let file: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'kit-compression-'));
  file = join(dir, 'x.gz');
  writeFileSync(file, gzipSync(Buffer.alloc(8 << 20, 'abc'), { level: 0 }));
});
afterAll(() => rmSync(dir, { recursive: true }));

function isOpen(path: string): boolean {
  const links = readdirSync('/proc/self/fd').map((fd) => {
    try {
      return readlinkSync(`/proc/self/fd/${fd}`);
    } catch {
      return '';
    }
  });
  return links.includes(path);
}

test('a file whose reader has seen enough is closed', async () => {
  for await (const piece of unpacked(file, 'gzip')) {
    expect(piece.length).toBeGreaterThan(0);
    expect(isOpen(file)).toBe(true);
    break;
  }
  await expect.poll(() => isOpen(file)).toBe(false);
});

test.each([0, 1000, 70_000, 1 << 20])('a gzip with %d zeros behind it is whole', async (zeros) => {
  const padded = join(dir, 'padded.gz');
  const member = gzipSync(Buffer.alloc(3 << 20, 'abc'));
  writeFileSync(padded, Buffer.concat([member, member, Buffer.alloc(zeros)]));
  let bytes = 0;
  for await (const piece of unpacked(padded, 'gzip')) {
    bytes += piece.length;
    // The file is read further meanwhile.
    await turn();
  }
  expect(bytes).toBe(6 << 20);
  await expect.poll(() => isOpen(padded)).toBe(false);
});

test('what goes wrong with the file is thrown where it is read', async () => {
  const all = (path: string, by = {}): Promise<unknown> => Array.fromAsync(unpacked(path, 'gzip', by));
  await expect(all(join(dir, 'none'))).rejects.toThrow('ENOENT');
  writeFileSync(join(dir, 'bad'), 'no gzip');
  await expect(all(join(dir, 'bad'))).rejects.toThrow('incorrect header check');
  await expect(all(file, { signal: AbortSignal.abort() })).rejects.toThrow('The operation was aborted');
});
