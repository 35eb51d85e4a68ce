import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { exactJson } from '../../../lib/json/exact-json.ts';
import { readServiceSpec } from './service-spec.ts';

const dir = mkdtempSync(join(tmpdir(), 'kit-spec-'));
afterAll(() => rmSync(dir, { recursive: true }));

test('a spec keeps what a JavaScript number cannot hold, and its own oomScoreAdj', () => {
  const process = '{"oomScoreAdj":5,"rlimits":[{"hard":18446744073709551615,"soft":9007199254740993}]}';
  writeFileSync(join(dir, 'config.json'), `{"process":${process},"linux":{"resources":{}}}`);
  const spec = readServiceSpec(dir);
  expect(exactJson(spec.process)).toBe(process);
  expect(spec.root?.path).toBe(join(dir, 'rootfs'));
});
