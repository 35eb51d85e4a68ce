import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { anyStack } from '../../../build/layers/testing/generate.ts';
import { differences } from './differential.ts';
import { ownWork } from './own-work.ts';

const batch = 250;

/** `npm run differential -- --layers 10000 --seed 1`: generated stacks of layers, read in every way. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { layers: { type: 'string' }, seed: { type: 'string' } } });
  const [wanted, seed] = [Number(values.layers ?? 1000), Number(values.seed ?? Date.now() % 1e9)];
  let [layers, stacks] = [0, 0];
  for (let round = 0; layers < wanted; round += 1) {
    const dir = mkdtempSync(join(tmpdir(), 'kit-differential-'));
    try {
      const some = fc.sample(anyStack, { numRuns: batch, seed: seed + round });
      const found = await differences(some, await ownWork(dir));
      for (const { reader, stack, expected, found: other } of found)
        console.error(`${reader} differs:`, JSON.stringify(stack), expected, other);
      if (found.length > 0) throw new Error(`${found.length} differences; seed ${seed + round}`);
      stacks += some.length;
      layers += some.reduce((sum, stack) => sum + stack.length, 0);
    } finally {
      rmSync(dir, { recursive: true });
    }
    console.log(`seed ${seed}: ${layers} layers in ${stacks} stacks, no difference`);
  }
}

await main();
