import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { idCount, isSingle, onlyOwnIds } from './id-range.ts';
import { subordinateIds, subordinateRange } from './subordinate-ids.ts';

const range = (outside: number, count: number) => ({ inside: 1, outside, count });

test.each([
  ['by name', 'root:1:2\nzoë:100000:65536\n', range(100_000, 65_535)],
  ['by number', '1000:231072:1000', range(231_072, 1000)],
  ['the first of several', 'zoë:100000:10\nzoë:200000:65536\n', range(100_000, 10)],
  ['of another user', 'zo:100000:65536\n10001:1:1\n', undefined],
  ['empty', 'zoë:100000:0\n', undefined],
  ['in a comment', '#zoë:100000:65536\n', undefined],
  ['not a number', 'zoë:-1:65536\nzoë:1e5:65536\nzoë:100000\n', undefined],
])('a range %s', (_title, text, expected) => {
  expect(subordinateRange(text, 'zoë', 1000)).toEqual(expected);
});

test('both files are needed', () => {
  const etc = mkdtempSync(join(tmpdir(), 'kit-subids-'));
  try {
    expect(subordinateIds(1000, 100, etc)).toBeUndefined();
    writeFileSync(join(etc, 'subuid'), '1000:100000:65536\n');
    expect(subordinateIds(1000, 100, etc)).toBeUndefined();
    writeFileSync(join(etc, 'subgid'), '1000:300000:500\n');
    const ids = subordinateIds(1000, 100, etc);
    expect(ids).toEqual({
      uids: [{ inside: 0, outside: 1000, count: 1 }, range(100_000, 65_535)],
      gids: [{ inside: 0, outside: 100, count: 1 }, range(300_000, 500)],
    });
    if (ids) expect([idCount(ids.uids), idCount(ids.gids), isSingle(ids)]).toEqual([65_536, 501, false]);
    expect(isSingle(onlyOwnIds(1000, 100))).toBe(true);
  } finally {
    rmSync(etc, { recursive: true });
  }
});
