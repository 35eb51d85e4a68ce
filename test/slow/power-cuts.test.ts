import { expect, test } from 'vitest';
import { powerCuts } from '../powercuts/run.ts';
import { needsRoot } from '../support/needs.ts';

const asRoot = needsRoot('loop devices and mounts');

test('PostgreSQL loses no committed row in 50 power cuts', asRoot, async () => {
  const [cuts, boots] = await powerCuts(['postgres', '--times', '50', '--seed', '1']);
  expect(cuts).toMatch(/^postgres, seed 1: \d+ rows, 50 cuts in .*; no committed row is lost$/);
  expect(boots).toMatch(
    /^postgres: 2 boots of a machine after power cuts, \d+ rows committed, none of them lost$/,
  );
});

// A boot of a machine takes tens of seconds under emulation, so most of the moments are those of a recording:
// all that a disk is told while the real programs and the kernel of this host make it, cut off anywhere, with
// what was not flushed lost, torn, or written in part. Of real machines, whose kernel has dm-crypt, a dozen
// are killed.
test('disks whose power fails at 200 random moments start anew, or have their data', asRoot, async () => {
  const lines = await powerCuts(['--times', '200', '--faults', '64', '--seed', '1']);
  const cuts = String.raw`20 cuts in \d+ requests: (?:\d+ (?:starts anew|has its data|is named)(?:, )?)+`;
  expect(lines).toHaveLength(10);
  for (const line of lines) expect(line).toMatch(new RegExp(`, seed \\d+: ${cuts}; 7 faults: `));
});

test('machines that are killed while they make and grow disks, lose nothing', asRoot, async () => {
  const [line] = await powerCuts(['machines', '--times', '12', '--seed', '1']);
  expect(line).toMatch(/^machines, seed 1: 12 killed .*, nothing is lost$/);
});
