import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { needsRoot } from '../../test/support/needs.ts';

/** PID 1 of its own namespace: starts programs with known exit statuses while shells leave orphans behind. */
const program = `
  import { spawn } from 'node:child_process';
  import { readdirSync, readFileSync } from 'node:fs';
  import { setTimeout as sleep } from 'node:timers/promises';
  import { Reaper } from ${JSON.stringify(`${import.meta.dirname}/reaper.ts`)};
  import { childPids } from ${JSON.stringify(`${import.meta.dirname}/../../lib/linux/process/process.ts`)};

  const reaper = new Reaper();
  reaper.start();
  const run = (script) => new Promise((resolve) => {
    const child = spawn('sh', ['-c', script], { stdio: 'ignore' });
    child.on('exit', (status, signal) => resolve(status ?? signal));
  });
  // Each shell leaves 500 children that have exited or are about to, and exits with its own status.
  const ended = 'i=0; while [ $i -lt 475 ]; do i=$((i+1)); (exit 9) & done;';
  const ending = 'while [ $i -lt 500 ]; do i=$((i+1)); sleep 0.01 & done;';
  const leave = (status) => run(ended + ending + 'exit ' + status);
  const statuses = [];
  for (let round = 0; round < 20; round += 1) {
    statuses.push(...(await Promise.all([leave(round), run('exit ' + (100 + round)), run('kill -9 $$')])));
  }
  const seen = await new Promise((resolve) => {
    const child = spawn('sh', ['-c', 'sleep 0.3 & echo $!; exit 0'], { stdio: ['ignore', 'pipe', 'ignore'] });
    child.stdout.once('data', async (data) => resolve(await reaper.waitFor(Number(data))));
  });
  const zombies = () => readdirSync('/proc').filter((name) => {
    if (!/^[0-9]+$/.test(name)) return false;
    try { return / Z /.test(readFileSync('/proc/' + name + '/stat', 'latin1')); } catch { return false; }
  }).length;
  for (let tries = 0; tries < 600 && childPids().length > 0; tries += 1) await sleep(50);
  console.log(JSON.stringify({ statuses, seen, children: childPids().length, zombies: zombies() }));
  process.exit(0);
`;

test('10,000 orphans leave no zombie, and no exit status of an own child is lost', {
  timeout: 120_000,
  ...needsRoot('PID namespaces'),
}, () => {
  const node = [
    process.execPath,
    '--disable-warning=ExperimentalWarning',
    '--input-type=module',
    '-e',
    program,
  ];
  const output = execFileSync('unshare', ['-p', '-f', '--mount-proc', ...node], { encoding: 'utf8' });
  const rounds = Array.from({ length: 20 }, (_, round) => [round, 100 + round, 'SIGKILL']).flat();
  expect(JSON.parse(output)).toEqual({
    statuses: rounds,
    seen: { status: 0, signal: 0 },
    children: 0,
    zombies: 0,
  });
});
