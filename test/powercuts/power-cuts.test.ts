import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { testWork } from '../../build/testing.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { diskPrograms } from '../disk-packages/tools.ts';
import { needsRoot } from '../support/needs.ts';

test('after a power cut, or a write that failed, a disk starts anew, or has its data', {
  ...needsRoot('loop devices and mounts'),
  timeout: 300_000,
}, async () => {
  // Made here, so that the program finds them.
  await Promise.all([diskPrograms(), toolsTree(testWork())]);
  const main = join(import.meta.dirname, 'main.ts');
  const numbers = ['--times', '20', '--faults', '10', '--seed', '1'];
  const args = ['--disable-warning=ExperimentalWarning', main, ...numbers];
  const options = { encoding: 'utf8', timeout: 290_000 } as const;
  const lines = execFileSync(process.execPath, args, options).trim().split('\n');
  expect(lines).toHaveLength(10);
  const cuts = String.raw`2 cuts in \d+ requests: (?:\d (?:starts anew|has its data|is named)(?:, )?)+`;
  const faults = '1 faults: 1 (?:un)?noticed, then it (?:starts anew|has its data|is named)';
  for (const line of lines) expect(line).toMatch(new RegExp(`, seed \\d+: ${cuts}; ${faults}$`));
});
