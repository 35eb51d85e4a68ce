import { execFileSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { testWork } from '../../build/testing.ts';
import { toolsTree } from '../../build/tools/tree.ts';
import { diskPrograms } from '../disk-packages/tools.ts';
import { tryDisks } from './disks.ts';
import { tryMachines } from './machines/try-machines.ts';
import { postgresTrees } from './postgres/postgres-root.ts';
import { tryPostgres } from './postgres/try-postgres.ts';

/**
 * `npm run powercuts -- --times 200 --faults 64 --seed 1`, as root: disks whose power fails, or whose writes
 * fail, at random moments while they are formatted, grown, mounted and written to; `--only encrypted`: those
 * whose names have that text.
 *
 * `npm run powercuts -- postgres --times 50 --rows 300 --boots 2 --seed 1`: the disk of a machine with a
 * database, whose power fails while rows are committed.
 *
 * `npm run powercuts -- machines --times 12 --seed 1`: QEMU is killed while a machine makes and grows its
 * disks, of which one is encrypted.
 *
 * It starts itself in a mount namespace of its own.
 */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      times: { type: 'string', default: '200' },
      faults: { type: 'string', default: '0' },
      rows: { type: 'string', default: '300' },
      boots: { type: 'string', default: '2' },
      only: { type: 'string', default: '' },
      seed: { type: 'string', default: String(Date.now() % 1e9) },
      inside: { type: 'boolean' },
    },
  });
  if (process.getuid?.() !== 0) {
    console.error('npm run powercuts needs root: it mounts the disks whose power it cuts');
    process.exitCode = 1;
    return;
  }
  const { inside, ...numbers } = values;
  const [times, faults, rows] = [Number(numbers.times), Number(numbers.faults), Number(numbers.rows)];
  const [boots, seed] = [Number(numbers.boots), Number(numbers.seed)];
  const [disks, tools] = [await diskPrograms(), await toolsTree(testWork())];
  const isPostgres = positionals[0] === 'postgres';
  const trees = isPostgres ? await postgresTrees() : [];
  if (inside && isPostgres)
    return tryPostgres({ times, rows, boots, seed, disks, tools, trees }, console.log);
  if (inside && positionals[0] === 'machines') return tryMachines({ times, seed, tools }, console.log);
  if (inside) return tryDisks({ times, faults, seed, only: numbers.only, disks, tools }, console.log);
  const node = [process.execPath, '--disable-warning=ExperimentalWarning', import.meta.filename];
  const args = Object.entries(numbers).flatMap(([name, value]) => [`--${name}`, value]);
  execFileSync('unshare', ['--mount', ...node, '--inside', ...positionals, ...args], { stdio: 'inherit' });
}

await main();
