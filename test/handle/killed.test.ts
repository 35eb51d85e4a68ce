import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { needsContainers } from '../support/containers.ts';
import { until } from '../support/until.ts';

/** Boots a machine, prints its folder, and never ends it. */
const script = `
  import { bootMachine } from ${JSON.stringify(join(kitRoot, 'build/api/test.ts'))};
  const { dir } = await bootMachine('examples/node-app.yml', { backend: 'container' });
  console.log(dir);
  if (process.argv[1] === 'stay') setInterval(() => {}, 1000);
`;

/** The processes whose command lines name that folder. */
const processesOf = (dir: string): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(dir);
    } catch {
      return false;
    }
  });

describe('no machine outlives its test', { timeout: 300_000, ...needsContainers }, () => {
  async function start(how: string) {
    const args = ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', script, how];
    const child = spawn(process.execPath, args, { cwd: kitRoot, stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return { child, dir: line.toString().trim() };
  }
  const ends = async (dir: string): Promise<void> => {
    await until('the end of the machine', () => !existsSync(dir) && processesOf(dir).length === 0);
  };

  test('when its process is killed', async () => {
    const { child, dir } = await start('stay');
    expect(existsSync(dir)).toBe(true);
    expect(processesOf(dir)).not.toEqual([]);
    child.kill('SIGKILL');
    await ends(dir);
  });

  test('when its process ends without ending it, which the machine does not hinder', async () => {
    const { child, dir } = await start('go');
    if (child.exitCode === null) await once(child, 'exit');
    expect(child.exitCode).toBe(0);
    await ends(dir);
  });
});
