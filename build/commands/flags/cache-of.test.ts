import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { openCache } from '../../cache/cache.ts';
import { collectGarbage } from '../../cache/gc.ts';
import { cacheOf } from './cache-of.ts';
import { workFor } from './work-flags.ts';

test('a command has one cache, created when first needed and closed when the command ends', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'kit-cache-of-'));
  try {
    const cacheDir = join(dir, 'cache');
    {
      await using atEnd = new AsyncDisposableStack();
      const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
      const { signal } = new AbortController();
      const context = { stdin, stdout, stderr, env: { KIT_CACHE: cacheDir }, cwd: dir, signal, atEnd };
      const { cache } = workFor(context);
      expect(workFor(context).cache).toBe(cache);
      expect(cacheOf(context)).toBe(cache);
      expect(existsSync(cacheDir)).toBe(false);
      await cache.scratch(async (folder) => expect(readdirSync(folder)).toEqual([]));
      await expect(collectGarbage(openCache(cacheDir))).rejects.toThrow('another kit is using it');
    }
    expect(readdirSync(join(cacheDir, 'scratch'))).toEqual(['door']);
    expect(await collectGarbage(openCache(cacheDir))).toEqual({ files: 0, bytes: 0 });
  } finally {
    rmSync(dir, { recursive: true });
  }
});
