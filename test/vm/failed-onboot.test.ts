import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needsContainers } from '../support/containers.ts';
import { machineNamed, scratch, type TestMachine } from '../support/machine.ts';
import { kit, type Result } from '../support/run-kit.ts';
import { TerminalKit } from './terminal.ts';

/** Long, for busy hosts; the events themselves take milliseconds. */
const soon = { timeout: 300_000 };
const manifest = 'test/vm/failed-onboot.yml';
const machines: TestMachine[] = [];

/** Runs failed-onboot.yml, which names no kernel, in a container; `data` chooses the failures. */
const run = (data: object, ...flags: string[]) =>
  runManifest(manifest, '--data', JSON.stringify(data), ...flags);

async function runManifest(
  manifest: string,
  ...flags: string[]
): Promise<{ machine: TestMachine; result: Result }> {
  const machine = machineNamed(`test-${process.pid}-onboot-${machines.length}`);
  machines.push(machine);
  const words = ['--name', machine.name, '--networking', 'none', ...flags];
  return { machine, result: await kit('run', ...words, 'container', manifest) };
}

afterAll(async () => {
  for (const { name } of machines) await kit('rm', '--force', name);
});

interface Row {
  readonly name: string;
  readonly state: string;
}

const statesOf = async (name: string): Promise<Record<string, string>> => {
  const rows = JSON.parse((await kit('ps', '-a', '--json')).stdout) as (Row & { services: Row[] })[];
  const services = rows.find((row) => row.name === name)?.services ?? [];
  return Object.fromEntries(services.map(({ name, state }) => [name, state]));
};

const incidentsOf = async (name: string): Promise<string[]> =>
  JSON.parse((await kit('incidents', '--json', name)).stdout).map(
    ({ service, what, lines }: { service: string; what: string; lines: { message: string }[] }) =>
      `${service} ${what}: ${lines.map(({ message }) => message).join()}`,
  );

describe('a failed container of onboot', needsContainers, () => {
  test('is a failure of kit run, which leaves the machine running', async () => {
    const { machine, result } = await run({}, '--detach');
    expect(result.status, result.stderr).toBe(1);
    expect(result.stderr).toContain(
      `error: Machine "${machine.name}" is not ready: worker failed: exit status 3\n`,
    );
    expect(result.stderr).toContain(
      `(hint: it runs on; kit incidents ${machine.name} shows what failed, --allow-failed accepts it, ` +
        `kit stop ${machine.name} ends it)`,
    );
    expect(await statesOf(machine.name)).toMatchObject({ worker: 'failed', asks: 'stopped', idle: 'ready' });
    expect(await incidentsOf(machine.name)).toEqual(['worker exit status 3: no work today']);
    const [ready, allowed] = [
      await kit('reboot', '--wait', 'ready', machine.name),
      await kit('reboot', '--wait', 'ready', '--allow-failed', machine.name),
    ];
    expect([ready.status, allowed.status]).toEqual([1, 0]);
    expect(ready.stderr).toContain('is not ready: worker failed: exit status 3');
  });

  test('--allow-failed accepts it, and --json describes the machine', async () => {
    const { machine, result } = await run({}, '--detach', '--allow-failed', '--json');
    expect(result.status, result.stderr).toBe(0);
    expect(result.stderr).toContain('kit: worker failed: exit status 3\n');
    const { services, ...row } = JSON.parse(result.stdout);
    expect(row).toMatchObject({ name: machine.name, state: 'running', ready: true, publish: [] });
    expect([row.dir, row.console].every(existsSync)).toBe(true);
    expect(services.map(({ name, state }: Row) => [name, state])).toContainEqual(['idle', 'ready']);
  });

  test('that ends the machine makes it a failed one, in the foreground, too', async () => {
    const { machine, result } = await run({ 'gives-up': { content: 'x' } });
    expect(result.status).toBe(1);
    expect(result.stderr).toContain(`error: Machine "${machine.name}" failed: onboot gives-up failed\n`);
    const rows = JSON.parse((await kit('ps', '-a', '--json')).stdout);
    expect(rows).toContainEqual(
      expect.objectContaining({ name: machine.name, state: 'failed', reason: 'onboot gives-up failed' }),
    );
    const refused = await kit('console', machine.name);
    expect(refused.stderr).toBe(
      `error: Cannot open the console of machine "${machine.name}": it has ended (onboot gives-up failed)\n` +
        `(hint: kit logs --console ${machine.name} shows its output)\n`,
    );
    const removed = await kit('rm', machine.name);
    expect(removed.stdout, removed.stderr).toMatch(new RegExp(`^${machine.name} removed, \\S+ kB\n$`));
    expect(existsSync(machine.dir)).toBe(false);
  });
});

describe('onFailure: shell', needsContainers, () => {
  let machine: TestMachine;
  let result: Result;
  beforeAll(async () => {
    ({ machine, result } = await run({ asks: { content: 'x' } }, '--detach', '--json'));
  });

  test('kit run --detach fails at once, and says how to reach the shell', () => {
    expect(result.status).toBe(1);
    expect(result.stderr).toContain('asks failed: exit status 4; a shell waits on the console\n');
    expect(result.stderr).toContain(`kit console ${machine.name} opens the shell`);
    const [started, error] = result.stdout.split('\n').map((line) => line && JSON.parse(line));
    expect(started).toMatchObject({ name: machine.name, ready: false, state: 'running' });
    expect(error.error.message).toContain('a shell waits on the console');
  });

  test('kit ps shows the shell, kit incidents why, before anybody has left it', async () => {
    expect(await statesOf(machine.name)).toMatchObject({ asks: 'shell', idle: 'starting' });
    expect(await incidentsOf(machine.name)).toEqual([
      'asks exit status 4: ask somebody',
      'worker exit status 3: no work today',
    ]);
    const refused = await kit('rm', machine.name);
    expect([refused.status, refused.stderr]).toEqual([
      1,
      `error: Cannot remove machine "${machine.name}": it is running\n(hint: kit stop ${machine.name} ends it; ` +
        `kit rm --force ${machine.name} ends it at once, and removes it)\n`,
    ]);
  });

  test('kit console types in the shell, from two terminals, and the boot goes on when it exits', async () => {
    const size = { rows: 30, columns: 120 };
    const [first, second] = [
      new TerminalKit(['console', machine.name], size),
      new TerminalKit(['console', machine.name], size),
    ];
    // The last screen, with the waiting prompt.
    for (const one of [first, second]) {
      await expect.poll(() => one.output, soon).toMatch(/asks failed: starting a shell[\s\S]*# /);
    }
    first.type('echo $((6 * 7))\n');
    for (const one of [first, second]) await expect.poll(() => one.output, soon).toMatch(/^42\r?$/m);
    second.type('\x1dd');
    await second.ended();
    expect(second.output).toMatch(/runs on; kit console \S+ opens its console again/);
    expect(modesOf(second)).toEqual(['0', 'same']);
    first.type('exit\n');
    await expect.poll(() => first.output, soon).toContain('kit: ready in');
    expect(await statesOf(machine.name)).toMatchObject({ asks: 'failed', idle: 'ready' });
    expect((await incidentsOf(machine.name)).length).toBe(2);
    first.type('\x1ds');
    await first.ended();
    expect(first.output).toContain(`machine "${machine.name}" has ended (powered off)`);
    expect(modesOf(first)).toEqual(['0', 'same']);
  });
});

test('a disk that is missing ends the machine if its onFailure says so', needsContainers, async () => {
  await using folder = await scratch();
  const needy = join(folder.dir, 'needy.yml');
  const disk = '{name: data, match: {serial: gone}, mount: /var/data, onFailure: halt}';
  await writeFile(needy, `${await readFile(manifest, 'utf8')}disks:\n  - ${disk}\n`);
  const { machine, result } = await runManifest(needy);
  expect(result.status).toBe(1);
  expect(result.stderr).toContain(`error: Machine "${machine.name}" failed: onboot disks failed\n`);
  expect(await machine.console()).toContain('disk "data": no disk has serial "gone"');
});

test('Ctrl-] q at a console ends a machine at once', needsContainers, async () => {
  const { machine } = await run({}, '--detach', '--allow-failed');
  const console = new TerminalKit(['console', machine.name], { rows: 30, columns: 120 });
  await expect.poll(() => console.output, soon).toContain('kit: ready in');
  console.type('\x1dq');
  await console.ended();
  expect(console.output).toContain(`machine "${machine.name}" has ended (ended without a power-off)`);
  expect(modesOf(console)).toEqual(['0', 'same']);
});

/** The exit status of kit, and whether the terminal's modes are as they were. */
function modesOf({ output }: TerminalKit): (string | undefined)[] {
  const [, before] = /modes (\S+)/.exec(output) ?? [];
  const [, status, after] = /status (\d+) modes (\S+) over/.exec(output) ?? [];
  return [status, before === after ? 'same' : `${before} ${after}`];
}
