import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { scratch } from '../../support/machine.ts';
import { targets } from '../targets.ts';
import { bundleTarget } from './bundle.ts';
import { runEngine } from './run.ts';
import { nodeScript } from './runtime.ts';

/** A run on a fault that test/fuzz/testdata/planted.ts has. */
async function find(exported: string) {
  await using folder = await scratch();
  const { dir } = folder;
  await bundleTarget({ file: 'test/fuzz/testdata/planted.ts', exported }, dir);
  mkdirSync(join(dir, 'corpus'));
  writeFileSync(join(dir, 'corpus/seed'), 'abcdefghijkl');
  const outcome = await runEngine({
    ...{ folder: dir, node: await nodeScript(dir), inputs: ['corpus'], timeoutMs: 2000 },
    flags: ['-seed=1', '-runs=400000', '-use_value_profile=1'],
    signal: AbortSignal.timeout(50_000),
  });
  const { finding, progress } = outcome;
  return { progress, report: finding?.report ?? '', input: finding ? readFileSync(finding.file) : undefined };
}

test('each target works in the bundle in which it is fuzzed', async () => {
  await using folder = await scratch();
  for (const [at, named] of targets.entries()) {
    const dir = join(folder.dir, String(at));
    mkdirSync(dir);
    await bundleTarget(named, dir);
    const { fuzz } = await import(join(dir, 'target.mjs'));
    for (const seed of await named.target.seeds()) await fuzz(seed);
  }
});

test('coverage leads to an exception behind a chain of comparisons', async () => {
  const { input, report } = await find('thrower');
  expect(input?.toString('latin1')).toMatch(/^kit\d/);
  expect(report).toContain('planted');
});

test('an input that never ends is a finding', async () => {
  const { input, report } = await find('hanger');
  expect(input?.toString('latin1')).toMatch(/^loop/);
  expect(report).toContain('timeout');
});

test('a parser without a fault', async () => {
  const { input, progress } = await find('sound');
  expect(input).toBeUndefined();
  expect(progress.runs).toBeGreaterThanOrEqual(400_000);
  expect(progress.features).toBeGreaterThan(2);
});
