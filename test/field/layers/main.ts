import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { anyStack } from '../../../build/layers/testing/generate.ts';
import { differences } from './differential.ts';
import { ownWork } from './own-work.ts';
import { type Part, type Way, ways } from './ways.ts';

const batch = 250;

const titles: Readonly<Record<Part, string>> = {
  devices: 'devices',
  owners: 'owners other than root',
  modes: 'setuid bits, and folders that are closed to their owner',
};

/** `npm run differential -- --layers 10000 --seed 1`: generated stacks of layers, read in every way. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { layers: { type: 'string' }, seed: { type: 'string' } } });
  const [wanted, seed] = [Number(values.layers ?? 1000), Number(values.seed ?? Date.now() % 1e9)];
  const possible = ways.filter(({ needs }) => !needs.skip);
  for (const line of ways.flatMap(notCompared)) console.log(line);
  if (possible.length === 0) throw new Error('No way of showing layers is possible here');
  let [layers, stacks] = [0, 0];
  for (let round = 0; layers < wanted; round += 1) {
    const some = fc.sample(anyStack, { numRuns: batch, seed: seed + round });
    for (const way of possible) await compare(way, some, seed + round);
    stacks += some.length;
    layers += some.reduce((sum, stack) => sum + stack.length, 0);
    console.log(`seed ${seed}: ${layers} layers in ${stacks} stacks, no difference`);
  }
}

/** What is not compared here, and why. */
function notCompared({ title, needs: { skip, meta }, without }: Way): string[] {
  if (skip) return [`not compared: layers ${title} (${meta?.skipped})`];
  return without.map((part) => `not compared: ${titles[part]} of layers ${title} (not there for this user)`);
}

async function compare(way: Way, stacks: Parameters<typeof differences>[0], seed: number): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'kit-differential-'));
  try {
    const found = await differences(stacks, way, await ownWork(dir));
    for (const { reader, stack, expected, found: other } of found)
      console.error(`${reader} differs:`, JSON.stringify(stack), expected, other);
    if (found.length > 0) throw new Error(`${found.length} differences; seed ${seed}`);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

await main();
