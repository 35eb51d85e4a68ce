import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kitRoot } from '../../build/host/paths.ts';
import { exampleProject, type Project } from '../handle/project.ts';
import { boot } from '../support/machine.ts';
import { run } from '../support/run-kit.ts';

/** The handle with what only a virtual machine has: disks, and a kernel that a power failure ends. */
let project: Project;
beforeAll(async () => {
  project = await exampleProject('testing.md');
});
afterAll(() => project?.[Symbol.asyncDispose]());

test('a disk keeps what was synced across a power cut, a reboot and a power-off', async () => {
  await using machine = await boot('disk.yml', { cwd: project.dir, disks: ['size=64M'], memory: '768M' });
  const bootId = async (): Promise<string> =>
    (await machine.exec('cat', ['/proc/sys/kernel/random/boot_id'])).stdout;
  const ids = [await bootId()];
  const write = 'echo kept >/var/kept; sync; echo never synced >/var/lost';
  expect(await machine.exec('sh', ['-c', write])).toMatchObject({ status: 0 });
  await machine.cutPower();
  expect(await machine.status()).toMatchObject({ state: 'failed', reason: 'QEMU was ended by SIGKILL' });
  await machine.start();
  ids.push(await bootId());
  expect((await machine.exec('cat', ['/var/kept', '/var/lost'])).stdout).toBe('kept\n');
  await machine.exec('sh', ['-c', 'echo more >>/var/kept']);
  await machine.reboot();
  ids.push(await bootId());
  expect((await machine.exec('cat', ['/var/kept'])).stdout).toBe('kept\nmore\n');
  expect(new Set(ids).size).toBe(3);
  await machine.stop();
  expect(await machine.status()).toMatchObject({ state: 'stopped', reason: 'powered off' });
});

test('the example of docs/testing.md', async () => {
  const vitest = ['--disable-warning=ExperimentalWarning', join(kitRoot, 'node_modules/vitest/vitest.mjs')];
  const { status, stdout, stderr } = await run(process.execPath, [...vitest, 'run', 'disk.test.ts'], {
    cwd: project.dir,
  });
  expect(status, `${stdout}${stderr}`).toBe(0);
});
