import { mkdtempSync, openSync, readFileSync, readSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { formatResolvConf, writeInPlace } from './resolv-conf.ts';

const folder = mkdtempSync(join(tmpdir(), 'kit-resolv-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('the file is overwritten, not replaced, whether the text grows or shrinks', () => {
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

test('golden: servers and domains of several sources, each once, up to the limits of resolvers', () => {
  const fixed = { servers: ['10.0.2.3', '10.0.2.4'], search: ['lan', 'example.org'] };
  const leased = { servers: ['10.0.2.3', '1.1.1.1', '8.8.8.8'], search: ['lan', 'a', 'b', 'c', 'd', 'e'] };
  expect(formatResolvConf([fixed, leased])).toBe(
    'search lan example.org a b c d\nnameserver 10.0.2.3\nnameserver 10.0.2.4\nnameserver 1.1.1.1\n',
  );
  expect(formatResolvConf([])).toBe('');
});
