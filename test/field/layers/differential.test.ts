import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { anyStack } from '../../../build/layers/testing/generate.ts';
import type { Work } from '../../../build/work.ts';
import { needsRoot } from '../../support/needs.ts';
import { crafted } from './crafted.ts';
import { differences } from './differential.ts';
import { ownWork } from './own-work.ts';

let dir: string;
let work: Work;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'kit-differential-test-'));
  work = await ownWork(dir);
}, 600_000);
afterAll(() => rmSync(dir, { recursive: true }));

test('crafted layers are the same for every reader', needsRoot('mounts'), async () => {
  expect(await differences(Object.values(crafted), work)).toEqual([]);
});

test('generated layers are the same for every reader', needsRoot('mounts'), async () => {
  expect(await differences(fc.sample(anyStack, 150), work)).toEqual([]);
});
