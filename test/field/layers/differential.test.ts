import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anyStack } from '../../../build/layers/testing/generate.ts';
import type { Work } from '../../../build/work.ts';
import { crafted } from './crafted.ts';
import { differences } from './differential.ts';
import { ownWork } from './own-work.ts';
import { ways } from './ways.ts';

let dir: string;
let work: Work;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-differential-test-'));
  work = await ownWork(dir);
}, 600_000);
afterAll(() => rmSync(dir, { recursive: true }));

describe.each(ways)('layers $title', (way) => {
  test('crafted ones are the same for every reader', way.needs, async () => {
    expect(await differences(Object.values(crafted), way, work)).toEqual([]);
  });

  test('generated ones are the same for every reader', way.needs, async () => {
    expect(await differences(fc.sample(anyStack, 75), way, work)).toEqual([]);
  });
});
