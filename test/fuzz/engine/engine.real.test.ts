import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { kitNode } from '../../../build/host/kit-node.ts';
import { runProgram } from '../../../build/host/program.ts';
import { scratch } from '../../support/machine.ts';
import { targets } from '../targets.ts';
import { bundleTarget } from './bundle.ts';
import { runEngine } from './run.ts';
import { nodeScript } from './runtime.ts';

/** For the slowest hosts, below the limit of a test: it only ends what stands still. */
const patienceMs = 170_000;

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
    signal: AbortSignal.timeout(patienceMs),
  });
  const { finding, progress } = outcome;
  return { progress, report: finding?.report ?? '', input: finding ? readFileSync(finding.file) : undefined };
}

test('each target works in the bundle in which it is fuzzed', async () => {
  await using folder = await scratch();
  const folders = targets.map((_, at) => join(folder.dir, String(at)));
  for (const [at, named] of targets.entries()) {
    mkdirSync(folders[at] ?? '');
    await bundleTarget(named, folders[at] ?? '');
  }
  const { stdout } = await runProgram(kitNode(), ['--input-type=module', '--eval', runAll, ...folders], {
    signal: AbortSignal.timeout(patienceMs),
  });
  expect(stdout).toBe(`${targets.length}\n`);
});

/** Without vitest, which would give modules what they lack. */
const runAll = `let count = 0;
for (const folder of process.argv.slice(1)) {
  const { fuzz } = await import(folder + '/target.mjs');
  await fuzz(Buffer.from('x'));
  count += 1;
}
console.log(count);
process.exit();`;

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
