import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { toolCommand } from '../../build/tools/command.ts';
import {
  boot as bootImage,
  press,
  runOnTerminal,
  scratch,
  shell,
  type TestMachine,
} from '../support/machine.ts';
import { kit, type Result, run } from '../support/run-kit.ts';
import { diskTools } from '../support/tools.ts';

/** Boots of ends.yml on one disk: three during the first `kit run`, the others during a second one. */
let folder: Awaited<ReturnType<typeof scratch>>;
let disk: string;
let machine: TestMachine;
let type: (keys: string) => void;

beforeAll(async () => {
  folder = await scratch();
  disk = join(folder.dir, 'var.img');
  const built = await kit('build', '--dir', folder.dir, join(kitRoot, 'test/vm/ends.yml'));
  expect(built.status, built.stderr).toBe(0);
  const made = await diskTool('mke2fs', '-q', '-t', 'ext4', disk, '64m');
  expect(made.status, made.stderr).toBe(0);
  const options = { disks: [`${disk},format=raw`], allowFailed: true };
  machine = await bootImage(join(folder.dir, 'ends'), options);
});

afterAll(async () => {
  await machine?.[Symbol.asyncDispose]();
  await folder?.[Symbol.asyncDispose]();
});

async function diskTool(name: string, ...args: readonly string[]): Promise<Result> {
  const { file, args: all } = toolCommand(await diskTools(), name, args);
  return run(file, all);
}

/**
 * Checks the file system: the state that the kernel finds at the next boot, and e2fsck. The disk must not be
 * in use.
 */
async function expectCleanDisk(): Promise<void> {
  const { stdout } = await diskTool('dumpe2fs', '-h', disk);
  expect(stdout).toMatch(/^Filesystem state: +clean$/m);
  expect(stdout).not.toContain('needs_recovery');
  const checked = await diskTool('e2fsck', '-fn', disk);
  expect(checked.status, checked.stdout).toBe(0);
}

/** Waits until boot `number`, counted from 1, has its services up; resolves to its console output. */
async function boot(number: number): Promise<string> {
  const text = await machine.until(
    `up in boot ${number}`,
    () => consoleOf(number),
    (console) => console.includes('kit: ready'),
    { timeoutMs: 300_000 },
  );
  await machine.until(
    'answering',
    () => machine.status(),
    ({ services }) => services.some(({ name, state }) => name === 'stubborn' && state === 'ready'),
    { timeoutMs: 120_000 },
  );
  return text;
}

/** Empty when that boot has not started. */
async function consoleOf(number: number): Promise<string> {
  const all = (await machine.console()).replaceAll('\r', '');
  return all.split(/^(?=kit: mounts )/m).filter((text) => text.startsWith('kit: mounts '))[number - 1] ?? '';
}

const lines = (text: string, pattern: RegExp): string[] =>
  text
    .split('\n')
    .filter((line) => pattern.test(line))
    .map((line) => line.replace(/\d+(\.\d+)? (ms|s)\b/g, 'N $2'));

interface Incident {
  readonly service: string;
  readonly what: string;
  readonly count: number;
  readonly earlierBoot: boolean;
  readonly lines: readonly { readonly message: string }[];
}

const incidents = async (): Promise<Incident[]> =>
  JSON.parse((await kit('incidents', '--json', machine.name)).stdout);

test('onboot: exit status and timeout of each container are reported and kept as incidents', async () => {
  const console = await boot(1);
  expect(lines(console, /^kit: onboot (early|slow|var|asks)/), console).toEqual([
    'kit: onboot early failed after N ms: exit status 3',
    'kit: onboot var N ms',
    'kit: onboot slow failed after N ms: it did not end within N s',
    'kit: onboot asks N ms',
  ]);
  expect(lines(console, /^kit: onboot \d/)).toEqual(['kit: onboot N ms: early, slow failed']);
  expect(console).toContain('var: disk state 1, journal 0');
  const kept = await incidents();
  expect(kept.map(({ service, what, earlierBoot }) => [service, what, earlierBoot])).toEqual([
    ['early', 'exit status 3', false],
    ['slow', 'it did not end within 2 s', false],
  ]);
  expect(kept[0]?.lines.at(-1)?.message).toBe('before there is a disk');
  const { services } = await machine.status();
  expect(services.find(({ name }) => name === 'early')).toMatchObject({ state: 'failed', section: 'onboot' });
});

/** The console lines of a boot's shutdown. */
async function endOf(number: number): Promise<string[]> {
  const shutdown = lines(
    await consoleOf(number),
    /^kit: (poweroff|reboot|halt|stop|onshutdown|unmount)|^service|^\[.*reboot:/,
  );
  return shutdown.map((line) => line.replace(/^\[.*\] /, ''));
}

const goodEnd = (ending: string, by: string, last: string): string[] => [
  `kit: ${ending}, requested by ${by}`,
  'service "stubborn" did not stop on SIGTERM within N s: killed',
  'kit: stop services N ms',
  'kit: onshutdown last N ms',
  'kit: onshutdown N ms: 1 done',
  // Some of the remaining processes may not exit on SIGTERM in time.
  expect.stringMatching(/^kit: stop the rest N ms(?:: .* killed)?$/),
  expect.stringMatching(/^kit: unmount N ms: .*\/var$/),
  `kit: ${ending} now, after N s`,
  `reboot: ${last}`,
];

/** The names that services wrote to the disk when they stopped. */
const order = (): Promise<string> => shell(machine, 'cat /var/order; rm /var/order; sync');

test('reboot stops services in reverse order, kills and reports one that ignores its signal', async () => {
  await shell(machine, 'reboot');
  const next = await boot(2);
  expect(await endOf(1)).toEqual(goodEnd('reboot', 'SIGTERM', 'Restarting system'));
  expect(await order()).toBe('second\nfirst\nlast\n');
  expect(next).toContain('var: disk state 1, journal 0');
  const kept = (await incidents()).map(({ service, what, earlierBoot }) => [service, what, earlierBoot]);
  expect(kept).toEqual([
    ['early', 'exit status 3', true],
    ['early', 'exit status 3', false],
    ['slow', 'it did not end within 2 s', true],
    ['slow', 'it did not end within 2 s', false],
    ['stubborn', 'did not stop on SIGTERM within 2 s: killed', true],
  ]);
  const { stdout } = await kit('incidents', machine.name, 'early');
  expect(stdout).toContain('exit status 3 (in an earlier boot)\n');
});

test('ctrl-alt-del reboots despite a hanging containerd', async () => {
  await shell(machine, 'kill -STOP $(pidof containerd)');
  await press(machine, 'ctrlAltDel');
  const next = await boot(3);
  expect(await endOf(2)).toEqual(goodEnd('reboot', 'SIGINT', 'Restarting system'));
  expect(await order()).toBe('second\nfirst\nlast\n');
  expect(next).toContain('var: disk state 1, journal 0');
});

test('the power button works despite a hanging supervisor', async () => {
  await shell(machine, '(sleep 1; kill -STOP $(pidof supervisor)) >/dev/null 2>&1 &');
  await new Promise((resolve) => setTimeout(resolve, 5000));
  await press(machine, 'powerButton');
  await machine.until(
    'off',
    () => stateOf(machine),
    (state) => state === 'stopped',
    { timeoutMs: 120_000 },
  );
  const last = await endOf(3);
  expect(last).toEqual(
    goodEnd('poweroff', 'the power button', 'Power down').flatMap((line) => {
      if (String(line).startsWith('service')) return [];
      if (line !== 'kit: stop services N ms') return [line];
      return ['kit: stop services failed: the supervisor does not answer; continuing without it'];
    }),
  );
  await expectCleanDisk();
});

const stateOf = async ({ name }: TestMachine): Promise<string | undefined> => {
  const rows = JSON.parse((await kit('ps', '--all', '--json')).stdout);
  return rows.find((row: { name: string }) => row.name === name)?.state;
};

test('after a kernel panic the machine reboots in panic=N seconds, with all synced data', async () => {
  await rm(machine.dir, { recursive: true, force: true });
  ({ machine, type } = runOnTerminal(join(folder.dir, 'ends'), ['--disk', `${disk},format=raw`]));
  await boot(1);
  expect((await order()).split('\n').toSorted()).toEqual(['', 'first', 'last', 'second']);
  await shell(machine, 'echo synced >/var/synced; sync; echo 1 >/proc/sys/kernel/sysrq');
  void shell(machine, 'echo c >/proc/sysrq-trigger');
  const next = await boot(2);
  expect(await consoleOf(1)).toMatch(
    /Kernel panic - not syncing: sysrq triggered crash[\s\S]*Rebooting in 3 seconds/,
  );
  expect(next).toContain('var: disk state 1, journal 1');
  expect(await shell(machine, 'cat /var/synced; rm /var/synced')).toBe('synced\n');
  expect((await incidents()).filter(({ service }) => service === 'stubborn')).toMatchObject([
    { earlierBoot: true },
    { earlierBoot: true },
  ]);
});

test('onFailure of onboot starts a shell on the console, reboots, or halts', async () => {
  await shell(machine, 'mkdir /var/fail; touch /var/fail/asks /var/fail/again');
  expect(await kit('reboot', machine.name)).toMatchObject({ status: 0 });
  expect(await endOf(2)).toEqual(goodEnd('reboot', 'control', 'Restarting system'));
  await machine.until(
    'asking',
    () => consoleOf(3),
    (text) => /asks failed: starting a shell[\s\S]*# /.test(text),
    { timeoutMs: 300_000 },
  );
  type('echo $((6 * 7)) >/var/typed; touch /var/fail/gives-up; exit\n');
  await machine.until(
    'halted',
    () => consoleOf(4),
    (text) => text.includes('reboot: System halted'),
    { timeoutMs: 300_000 },
  );
  const [third, fourth] = [await consoleOf(3), await consoleOf(4)];
  expect(lines(third, /^kit: onboot (asks|again|gives-up) /), third).toEqual([
    'kit: onboot asks failed after N ms: exit status 4',
    'kit: onboot again failed after N ms: exit status 5',
  ]);
  expect((await endOf(3))[0]).toBe('kit: reboot, requested by onboot again, which failed');
  expect(fourth).toContain('disk state 1, journal 0');
  expect(lines(fourth, /^kit: onboot gives-up /), fourth).toEqual([
    'kit: onboot gives-up failed after N ms: exit status 7',
  ]);
  expect((await endOf(4))[0]).toBe('kit: halt, requested by onboot gives-up, which failed');
  expect((await endOf(4)).at(-1)).toBe('reboot: System halted');
  expect(await kit('stop', '--force', machine.name)).toMatchObject({ status: 0 });
  await expectCleanDisk();
});

test('keeps failures of an interrupted boot', async () => {
  const text = await diskTool('debugfs', '-R', 'cat /lib/kit/incidents/again.json', disk);
  expect(JSON.parse(text.stdout)).toMatchObject([{ what: 'exit status 5', count: 1 }]);
  const last = await diskTool('debugfs', '-R', 'cat /lib/kit/incidents/gives-up.json', disk);
  expect(JSON.parse(last.stdout)).toMatchObject([{ count: 1 }]);
  expect((await diskTool('debugfs', '-R', 'cat /typed', disk)).stdout).toBe('42\n');
});
