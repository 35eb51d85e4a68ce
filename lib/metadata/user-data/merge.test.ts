import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { YamlMap } from '../yaml.ts';
import { mergePart } from './merge.ts';

interface Row {
  readonly before: YamlMap;
  readonly part: YamlMap;
  readonly how: string;
  readonly merged: YamlMap;
}

/** What cloud-init's own mergers made of generated maps. */
const rows: Row[] = JSON.parse(readFileSync(join(import.meta.dirname, 'testdata/merges.json'), 'utf8'));

test('merges as cloud-init merges', () => {
  expect(rows.length).toBeGreaterThan(100);
  for (const { before, part, how, merged } of rows) {
    expect(mergePart(before, part, how), how).toEqual(merged);
    expect(mergePart(before, { ...part, merge_how: how }), how).toEqual(merged);
  }
});
