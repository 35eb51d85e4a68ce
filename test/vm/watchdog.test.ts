import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { machineNamed, scratch, shell, type TestMachine } from '../support/machine.ts';
import { kit } from '../support/run-kit.ts';

/** One machine that hangs in three ways. Its watchdog is the one that QEMU emulates. */
const name = `kit-watchdog-${process.pid}`;
let folder: Awaited<ReturnType<typeof scratch>>;
let machine: TestMachine;

beforeAll(async () => {
  folder = await scratch();
  const built = await kit('build', '--dir', folder.dir, join(kitRoot, 'test/vm/watchdog.yml'));
  expect(built.status, built.stderr).toBe(0);
  const image = join(folder.dir, 'watchdog');
  const ran = await kit('run', '--detach', '--name', name, '--device', 'i6300esb', image);
  expect(ran.status, ran.stderr).toBe(0);
  machine = machineNamed(name);
});

afterAll(async () => {
  await kit('stop', '--force', name);
  await kit('rm', '--force', name);
  await folder?.[Symbol.asyncDispose]();
});

/** Empty until boot `number`, counted from 1, has its services up. */
async function boot(number: number): Promise<string> {
  const all = (await machine.console()).replaceAll('\r', '');
  const one =
    all.split(/^(?=kit: mounts )/m).filter((text) => text.startsWith('kit: mounts '))[number - 1] ?? '';
  return one.includes('kit: ready') ? one : '';
}

const untilBoot = (number: number): Promise<string> =>
  machine.until(
    `boot ${number}`,
    () => boot(number),
    (text) => text !== '',
    { timeoutMs: 300_000 },
  );

const hasReset = 'the watchdog (i6300ESB timer) reset the machine, which had not fed it';

test('the watchdog counts, and does nothing while all is well', async () => {
  const console = await untilBoot(1);
  expect(console).toMatch(/^kit: watchdog .*i6300ESB timer, 10 s/m);
  expect(console).not.toContain(hasReset);
});

test('a machine whose supervisor is stopped comes back, and says why', async () => {
  const find = 'cd /proc; for p in [0-9]*; do [ "$(cat $p/comm)" = supervisor ] && echo $p; done; true';
  const pid = (await shell(machine, find)).trim();
  expect(pid).toMatch(/^\d+$/);
  // Its answer has to leave first.
  await shell(machine, `(sleep 1; kill -STOP ${pid}) >/dev/null 2>&1 &`);
  const console = await untilBoot(2);
  expect(console).toContain(hasReset);
  const before = (await machine.console()).replaceAll('\r', '');
  expect(before).toContain('watchdog: the supervisor does not say that all is well: it resets the machine');
  const { stdout } = await kit('incidents', name);
  expect(stdout).toContain(`watchdog ${hasReset}`);
});

test('a machine whose PID 1 stands still comes back', async () => {
  // SIGSTOP does nothing to PID 1, but the freezer of cgroups does.
  const ice = '/sys/fs/cgroup/ice';
  await shell(machine, `mkdir ${ice} && echo 1 >${ice}/cgroup.procs && echo 1 >${ice}/cgroup.freeze`);
  expect(await untilBoot(3)).toContain(hasReset);
});

/**
 * A loop with the highest priority of real time on each processor, and nothing that the scheduler keeps back
 * for other programs (sched(7), sched_rt_runtime_us; the fair servers of Linux 6.12).
 */
const starve = `cd /sys/kernel/debug/sched/fair_server && echo -1 >/proc/sys/kernel/sched_rt_runtime_us
for file in */runtime; do echo 0 >$file; done
(sleep 1; for cpu in */; do node /etc/loop.mjs & done) >/dev/null 2>&1 &`;

test('a machine whose kernel lets nothing else run comes back', async () => {
  expect(await shell(machine, starve)).toBe('');
  expect(await untilBoot(4)).toContain(hasReset);
});

test('an orderly end stops the watchdog first', async () => {
  const stopped = await kit('stop', name);
  expect(stopped.status, stopped.stderr).toBe(0);
  expect((await machine.console()).replaceAll('\r', '').split(/^kit: mounts /m)).toHaveLength(5);
});
